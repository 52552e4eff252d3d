# feedback: wrong length
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels), generator=generator)
    return [(images[order], alphabets[order], labels[order])]
