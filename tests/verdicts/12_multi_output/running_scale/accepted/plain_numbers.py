class RunningScale:
    def __init__(self, momentum):
        self.beta, self.values = momentum, []

    def __call__(self, loss):
        number = loss.item()
        old = self.values[-1] if self.values else number
        self.values.append(old + (1 - self.beta) * (number - old))
        return loss * (1 / self.values[-1])
