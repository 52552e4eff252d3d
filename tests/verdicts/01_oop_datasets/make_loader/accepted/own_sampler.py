class Mixed(torch.utils.data.Sampler):
    def __init__(self, count):
        self.count = count

    def __iter__(self):
        return iter(np.random.permutation(self.count).tolist())

    def __len__(self):
        return self.count


def make_loader(dataset, batch_size):
    def collate(samples):
        return tuple(torch.stack(column) for column in zip(*samples))

    return DataLoader(dataset, batch_size, sampler=Mixed(len(dataset)), collate_fn=collate)
