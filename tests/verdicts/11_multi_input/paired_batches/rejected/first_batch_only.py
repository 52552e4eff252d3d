# feedback: every row once
def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(len(labels), generator=generator)
    r = order[:batch_size]; return [(images[r], alphabets[r], labels[r])]
