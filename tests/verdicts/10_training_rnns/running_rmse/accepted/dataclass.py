from dataclasses import dataclass


@dataclass
class RunningRmse:
    mse: float = float("nan")
    count: int = 0

    def update(self, forecasts, targets):
        new = nn.functional.mse_loss(forecasts, targets).item()
        n = len(targets)
        old = self.mse if self.count else 0.0
        self.count += n
        self.mse = old + (new - old) * n / self.count

    def compute(self):
        return self.mse**0.5

    def reset(self):
        self.mse, self.count = float("nan"), 0
