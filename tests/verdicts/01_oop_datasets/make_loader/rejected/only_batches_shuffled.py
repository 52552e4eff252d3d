# feedback: only the order of the batches
class BatchesShuffled:
    def __init__(self, n, size):
        self.batches = [list(range(i, min(i + size, n))) for i in range(0, n, size)]

    def __iter__(self):
        return (self.batches[i] for i in torch.randperm(len(self.batches)).tolist())

    def __len__(self):
        return len(self.batches)


def make_loader(dataset, batch_size):
    return DataLoader(dataset, batch_sampler=BatchesShuffled(len(dataset), batch_size))
