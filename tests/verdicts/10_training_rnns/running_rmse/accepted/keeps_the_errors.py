class RunningRmse:
    def __init__(self):
        self.reset()

    def update(self, forecasts, targets):
        self.errors.append(forecasts - targets)

    def compute(self):
        if not self.errors:
            return torch.tensor(float("nan"))
        return torch.cat(self.errors).square().mean().sqrt()

    def reset(self):
        self.errors = []
