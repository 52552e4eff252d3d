# feedback: starts at 0
class RunningScale:
    def __init__(self, momentum):
        self.momentum = momentum
        self.mean = 0.0

    def __call__(self, loss):
        value = loss.detach()
        self.mean = self.momentum * self.mean + (1 - self.momentum) * value
        return loss / self.mean
