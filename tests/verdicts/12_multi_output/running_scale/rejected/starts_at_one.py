# feedback: the mean starts at 1
class RunningScale:
    def __init__(self, momentum):
        self.momentum, self.mean = momentum, 1.0

    def __call__(self, loss):
        self.mean = self.momentum * self.mean + (1 - self.momentum) * loss.item()
        return loss / self.mean
