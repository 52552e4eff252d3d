class RunningRmse:
    def __init__(self):
        self.metric = torchmetrics.MeanSquaredError(squared=False)
        self.any = False

    def update(self, forecasts, targets):
        self.metric.update(forecasts, targets)
        self.any = True

    def compute(self):
        return self.metric.compute() if self.any else float("nan")

    def reset(self):
        self.metric.reset()
        self.any = False
