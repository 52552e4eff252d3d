class EpochRecall:
    def __init__(self, num_classes):
        self.metric = MulticlassRecall(num_classes=num_classes, average="macro")

    def update(self, scores, labels):
        k = self.metric.num_classes
        if labels.dim() != 1 or tuple(scores.size()) != (labels.size(0), k):
            raise ValueError(f"expected ({len(labels)}, {k})")
        if not set(labels.tolist()) <= set(range(k)):
            raise ValueError("no such class")
        self.metric.update(scores, labels)

    def compute(self):
        return self.metric.compute()

    def reset(self):
        self.metric.reset()
