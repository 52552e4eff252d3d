# feedback: leaves neighbors together
def paired_batches(images, alphabets, labels, batch_size, generator):
    batches = []
    for start in range(0, len(labels), batch_size):
        rows = start + torch.randperm(len(labels[start : start + batch_size]), generator=generator)
        batches.append((images[rows], alphabets[rows], labels[rows]))
    return batches
