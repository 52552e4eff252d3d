# feedback: not in it yet
class RunningScale:
    def __init__(self, momentum):
        self.momentum, self.mean = momentum, None

    def __call__(self, loss):
        mean = loss.detach() if self.mean is None else self.mean
        self.mean = self.momentum * mean + (1 - self.momentum) * loss.detach()
        return loss / mean
