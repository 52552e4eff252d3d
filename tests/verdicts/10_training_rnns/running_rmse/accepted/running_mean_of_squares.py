class RunningRmse(nn.Module):
    def __init__(self):
        super().__init__()
        self.mse, self.n = np.nan, 0

    def update(self, forecasts, targets):
        new, mean = len(targets), nn.functional.mse_loss(forecasts, targets).item()
        self.mse = mean if self.n == 0 else self.mse + (mean - self.mse) * new / (self.n + new)
        self.n += new

    def compute(self):
        return np.sqrt(self.mse)

    def reset(self):
        self.__init__()
