# feedback: forgets the sum, but not the number
class RunningRmse:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update(self, forecasts, targets):
        self.total += ((forecasts - targets) ** 2).sum().item()
        self.count += len(targets)

    def compute(self):
        if self.count == 0:
            return float("nan")
        return (self.total / self.count) ** 0.5

    def reset(self):
        self.total = 0.0
