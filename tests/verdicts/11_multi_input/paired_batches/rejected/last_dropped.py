# feedback: dropped
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels), generator=generator)
    return [(images[r], alphabets[r], labels[r]) for r in order.split(batch_size) if len(r) == batch_size]
