# feedback: share one mean
class RunningScale:
    means = []

    def __init__(self, momentum):
        self.momentum = momentum

    def __call__(self, loss):
        old = self.means[-1] if self.means else loss.detach()
        self.means.append(self.momentum * old + (1 - self.momentum) * loss.detach())
        return loss / self.means[-1]
