# feedback: first loss divides for ever
class RunningScale:
    def __init__(self, momentum):
        self.momentum = momentum
        self.mean = None

    def __call__(self, loss):
        value = loss.detach()
        if self.mean is None:
            self.mean = value
        else:
            self.mean = self.mean
        return loss / self.mean
