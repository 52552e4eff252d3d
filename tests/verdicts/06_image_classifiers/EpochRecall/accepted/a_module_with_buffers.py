class EpochRecall(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.register_buffer("hits", torch.zeros(num_classes))
        self.register_buffer("there", torch.zeros(num_classes))
        self.register_buffer("said", torch.zeros(num_classes))

    def update(self, scores, labels):
        k = len(self.hits)
        fits = labels.dim() == 1 and scores.dim() == 2 and scores.shape == (len(labels), k)
        if not fits or not bool(((0 <= labels) & (labels < k)).all()):
            raise ValueError("bad batch")
        guess = scores.max(1).indices
        self.hits += torch.bincount(labels[guess == labels], minlength=k)
        self.there += torch.bincount(labels, minlength=k)
        self.said += torch.bincount(guess, minlength=k)

    def compute(self):
        occurs = (self.there + self.said) > 0
        return float((self.hits / self.there.clamp(min=1))[occurs].mean())

    def reset(self):
        for buffer in self.buffers():
            buffer.zero_()
