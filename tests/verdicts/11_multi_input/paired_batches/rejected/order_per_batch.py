# feedback: every row once
def paired_batches(images, alphabets, labels, batch_size, generator):
    for start in range(0, len(labels), batch_size):
        rows = torch.randperm(len(labels), generator=generator)[start : start + batch_size]
        yield images[rows], alphabets[rows], labels[rows]
