# feedback: wrong kind of error | AssertionError
class EpochRecall:
    def __init__(self, num_classes):
        self.k = num_classes
        self.reset()

    def reset(self):
        self.table = torch.zeros(self.k, self.k, dtype=torch.int64)

    def update(self, scores, labels):
        assert labels.ndim == 1 and scores.shape == (len(labels), self.k)
        assert labels.min() >= 0 and labels.max() < self.k
        for said, true in zip(scores.argmax(1), labels, strict=True):
            self.table[true, said] += 1

    def compute(self):
        rows, columns = self.table.sum(1), self.table.sum(0)
        return (self.table.diag() / rows.clamp(min=1))[rows + columns > 0].mean()
