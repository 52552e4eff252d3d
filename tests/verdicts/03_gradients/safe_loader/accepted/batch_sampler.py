class Batches:
    def __init__(self, rows, size):
        self.rows, self.size = rows, size

    def __iter__(self):
        order = torch.randperm(self.rows).tolist()
        for start in range(0, self.rows, self.size):
            batch = order[start : start + self.size]
            if len(batch) > 1:
                yield batch

    def __len__(self):
        return -(-self.rows // self.size) - (self.rows % self.size == 1)


def safe_loader(dataset, batch_size):
    return DataLoader(dataset, batch_sampler=Batches(len(dataset), batch_size))
