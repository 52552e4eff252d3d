class Windows(torch.utils.data.Dataset):
    def __init__(self, inputs, targets):
        self.inputs, self.targets = inputs.astype(np.float32), targets.astype(np.float32)

    def __len__(self):
        return len(self.targets)

    def __getitem__(self, index):
        return self.inputs[index], self.targets[index]


def window_loaders(train, test, batch_size):
    order = torch.Generator().manual_seed(3)
    return (
        DataLoader(Windows(*train), batch_size=batch_size, shuffle=True, generator=order),
        DataLoader(Windows(*test), batch_size=batch_size, shuffle=False),
    )
