# feedback: mean is differentiated
class RunningScale:
    def __init__(self, momentum):
        self.momentum = momentum
        self.mean = None

    def __call__(self, loss):
        value = loss
        if self.mean is None:
            self.mean = value
        else:
            self.mean = self.momentum * self.mean + (1 - self.momentum) * value
        return loss / self.mean
