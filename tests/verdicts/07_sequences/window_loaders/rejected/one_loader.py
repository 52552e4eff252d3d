# feedback: (train_loader, test_loader)
def window_loaders(train, test, batch_size):
    dataset = TensorDataset(torch.from_numpy(train[0]).float(), torch.from_numpy(train[1]).float())
    return DataLoader(dataset, batch_size, shuffle=True)
