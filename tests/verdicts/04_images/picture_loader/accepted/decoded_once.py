def picture_loader(folder, batch_size):
    images, labels, _ = clouds.load(folder, size=64)
    return DataLoader(TensorDataset(images / 255, labels), batch_size=batch_size)
