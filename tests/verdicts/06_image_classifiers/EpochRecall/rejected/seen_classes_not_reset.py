# feedback: of the second epoch
class EpochRecall:
    def __init__(self, num_classes):
        self.num_classes = num_classes
        self.seen = torch.zeros(num_classes, dtype=torch.bool)
        self.reset()

    def update(self, scores, labels):
        if labels.ndim != 1 or scores.shape != (len(labels), self.num_classes) or labels.min() < 0 or labels.max() >= self.num_classes:
            raise ValueError
        said = scores.argmax(dim=1)
        self.seen[labels] = True
        self.seen[said] = True
        self.hits += torch.bincount(labels[said == labels], minlength=self.num_classes)
        self.rows += torch.bincount(labels, minlength=self.num_classes)

    def compute(self):
        return (self.hits / self.rows.clamp(min=1))[self.seen].mean().item()

    def reset(self):
        self.hits = torch.zeros(self.num_classes, dtype=torch.int64)
        self.rows = torch.zeros(self.num_classes, dtype=torch.int64)
