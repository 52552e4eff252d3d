# feedback: rows do not belong together | labels
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels), generator=generator)
    return [(images[r], alphabets[r], labels[k * batch_size : k * batch_size + len(r)]) for k, r in enumerate(order.split(batch_size))]
