# feedback: shuffled by itself
def paired_batches(images, alphabets, labels, batch_size, generator):
    parts = []
    for tensor in (images, alphabets, labels):
        order = torch.randperm(len(tensor), generator=generator)
        parts.append(tensor[order].split(batch_size))
    return list(zip(*parts))
