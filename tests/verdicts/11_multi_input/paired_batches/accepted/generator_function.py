def paired_batches(images, alphabets, labels, batch_size, generator):
    order = torch.randperm(images.shape[0], generator=generator)
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        yield images[rows], alphabets[rows], labels[rows]
