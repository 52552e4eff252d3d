# feedback: root of a mean is not the mean of roots
class RunningRmse:
    def __init__(self):
        self.values = []

    def update(self, forecasts, targets):
        self.values.append((forecasts - targets).square().mean().sqrt())

    def compute(self):
        return torch.stack(self.values).mean() if self.values else float("nan")

    def reset(self):
        self.values = []
