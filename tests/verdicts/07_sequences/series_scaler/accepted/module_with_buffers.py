class SeriesScaler(nn.Module):
    def __init__(self, train):
        super().__init__()
        spread, mean = torch.std_mean(train)
        self.register_buffer("mean", mean)
        self.register_buffer("spread", torch.where(train.max() == train.min(), torch.ones_like(spread), spread))

    def scale(self, values):
        return (values - self.mean) / self.spread

    def unscale(self, values):
        return torch.addcmul(self.mean, values, self.spread)
