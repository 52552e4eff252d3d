# feedback: rows do not belong together
def paired_batches(images, alphabets, labels, batch_size, generator):
    first = DataLoader(TensorDataset(images), batch_size=batch_size, shuffle=True, generator=generator)
    second = DataLoader(TensorDataset(alphabets, labels), batch_size=batch_size, shuffle=True, generator=generator)
    return [(x, a, y) for (x,), (a, y) in zip(first, second)]
