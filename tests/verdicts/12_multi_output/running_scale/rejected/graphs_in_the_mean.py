# feedback: keeps the graphs | memory grows with every call
class RunningScale:
    def __init__(self, momentum):
        self.momentum, self.mean = momentum, None

    def __call__(self, loss):
        self.mean = loss if self.mean is None else self.momentum * self.mean + (1 - self.momentum) * loss
        return loss / self.mean.detach()
