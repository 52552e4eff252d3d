# feedback: three lists of pieces
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels), generator=generator)
    return images[order].split(batch_size), alphabets[order].split(batch_size), labels[order].split(batch_size)
