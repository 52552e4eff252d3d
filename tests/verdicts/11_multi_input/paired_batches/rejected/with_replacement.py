# feedback: every row once
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randint(len(labels), (len(labels),), generator=generator)
    return [(images[r], alphabets[r], labels[r]) for r in order.split(batch_size)]
