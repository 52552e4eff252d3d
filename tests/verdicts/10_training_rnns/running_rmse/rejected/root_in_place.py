# feedback: changes what was collected
class RunningRmse:
    def __init__(self):
        self.reset()

    def update(self, forecasts, targets):
        self.total = self.total + (forecasts - targets).square().sum()
        self.n += len(targets)

    def compute(self):
        if self.n == 0:
            return float("nan")
        return self.total.div_(self.n).sqrt_()

    def reset(self):
        self.total, self.n = torch.tensor(0.0), 0
