# feedback: does not shuffle
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.arange(len(labels))
    return [(images[r], alphabets[r], labels[r]) for r in order.split(batch_size)]
