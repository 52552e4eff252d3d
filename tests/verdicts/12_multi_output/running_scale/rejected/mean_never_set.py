# feedback: was never set on this object
class RunningScale:
    def __init__(self, momentum):
        self.momentum = momentum

    def __call__(self, loss):
        if self.mean is None:
            self.mean = loss.detach()
        self.mean = self.momentum * self.mean + (1 - self.momentum) * loss.detach()
        return loss / self.mean
