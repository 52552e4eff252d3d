# feedback: all objects share it
class RunningRmse:
    total, count = [], []

    def update(self, forecasts, targets):
        self.total.append(((forecasts - targets) ** 2).sum().item())
        self.count.append(len(targets))

    def compute(self):
        return (sum(self.total) / sum(self.count)) ** 0.5 if self.count else float("nan")

    def reset(self):
        self.total.clear()
        self.count.clear()
