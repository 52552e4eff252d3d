# feedback: another way when the generator has the same seed
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels))
    return [(images[r], alphabets[r], labels[r]) for r in order.split(batch_size)]
