# feedback: a momentum of 0 is taken for one that is not given
class RunningScale:
    def __init__(self, momentum):
        self.momentum = momentum or 0.9
        self.mean = None

    def __call__(self, loss):
        value = loss.detach()
        self.mean = value if self.mean is None else self.momentum * self.mean + (1 - self.momentum) * value
        return loss / self.mean
