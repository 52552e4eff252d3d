# feedback: as Adam does it
class RunningScale:
    def __init__(self, momentum):
        self.momentum, self.mean, self.steps = momentum, 0.0, 0

    def __call__(self, loss):
        self.steps += 1
        self.mean = self.momentum * self.mean + (1 - self.momentum) * loss.detach()
        return loss / (self.mean / (1 - self.momentum**self.steps))
