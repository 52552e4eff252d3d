# feedback: rows do not belong together | alphabets
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels), generator=generator)
    return [(images[r], alphabets[k * batch_size : k * batch_size + len(r)], labels[r]) for k, r in enumerate(order.split(batch_size))]
