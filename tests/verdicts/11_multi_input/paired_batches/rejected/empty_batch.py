# feedback: has an empty batch | one batch more than whole ones
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(images), generator=generator)
    batches = []
    for k in range(len(images) // batch_size + 1):
        rows = order[k * batch_size : (k + 1) * batch_size]
        batches.append((images[rows], alphabets[rows], labels[rows]))
    return batches
