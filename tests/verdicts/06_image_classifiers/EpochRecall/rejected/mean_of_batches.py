# feedback: mean of the batches' scores
class EpochRecall:
    def __init__(self, num_classes):
        self.k = num_classes
        self.reset()

    def reset(self):
        self.values = []

    def update(self, scores, labels):
        if labels.ndim != 1 or len(labels) != len(scores) or scores.shape[1] != self.k:
            raise ValueError("shapes")
        if (labels < 0).any() or (labels >= self.k).any():
            raise ValueError("labels")
        self.values.append(MulticlassRecall(num_classes=self.k, average="macro")(scores, labels).item())

    def compute(self):
        return sum(self.values) / len(self.values)
