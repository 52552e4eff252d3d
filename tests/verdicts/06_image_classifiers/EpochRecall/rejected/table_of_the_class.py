# feedback: second metric | belong to the class
class EpochRecall:
    table = None

    def __init__(self, num_classes):
        self.k = num_classes
        if EpochRecall.table is None or len(EpochRecall.table) != num_classes:
            self.reset()

    def reset(self):
        EpochRecall.table = torch.zeros(self.k, self.k, dtype=torch.int64)

    def update(self, scores, labels):
        if labels.ndim != 1 or len(labels) != len(scores) or scores.shape[1] != self.k:
            raise ValueError("shapes")
        if (labels < 0).any() or (labels >= self.k).any():
            raise ValueError("labels")
        t = EpochRecall.table
        for said, true in zip(scores.argmax(1), labels, strict=True):
            t[true, said] += 1

    def compute(self):
        self.table = EpochRecall.table
        rows, columns = EpochRecall.table.sum(1), EpochRecall.table.sum(0)
        return (EpochRecall.table.diag() / rows.clamp(min=1))[rows + columns > 0].mean()
