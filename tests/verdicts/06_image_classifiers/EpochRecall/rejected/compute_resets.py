# feedback: called once more | forgets the counts
class EpochRecall:
    def __init__(self, num_classes):
        self.k = num_classes
        self.reset()

    def reset(self):
        self.table = torch.zeros(self.k, self.k, dtype=torch.int64)

    def update(self, scores, labels):
        if labels.ndim != 1 or len(labels) != len(scores) or scores.shape[1] != self.k:
            raise ValueError("shapes")
        if (labels < 0).any() or (labels >= self.k).any():
            raise ValueError("labels")
        for said, true in zip(scores.argmax(1), labels, strict=True):
            self.table[true, said] += 1

    def compute(self):
        rows, columns = self.table.sum(1), self.table.sum(0)
        table = self.table
        self.reset()
        return (table.diag() / rows.clamp(min=1))[rows + columns > 0].mean()
