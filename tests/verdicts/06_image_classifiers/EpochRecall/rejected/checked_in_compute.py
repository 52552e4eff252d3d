# feedback: Nothing was raised
class EpochRecall:
    def __init__(self, num_classes):
        self.num_classes = num_classes
        self.reset()

    def reset(self):
        self.batches = []

    def update(self, scores, labels):
        self.batches.append((scores, labels))

    def compute(self):
        for scores, labels in self.batches:
            if labels.ndim != 1 or scores.shape != (len(labels), self.num_classes) or labels.min() < 0 or labels.max() >= self.num_classes:
                raise ValueError("labels")
        metric = MulticlassRecall(num_classes=self.num_classes, average="macro")
        for scores, labels in self.batches:
            metric.update(scores, labels)
        return metric.compute().item()
