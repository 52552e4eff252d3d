def paired_batches(images, alphabets, labels, batch_size, generator):
    return DataLoader(TensorDataset(images, alphabets, labels), batch_size=batch_size, shuffle=True, generator=generator)
