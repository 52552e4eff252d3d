# feedback: scaler_of_another_constant_series | rounding | compare the values themselves
class SeriesScaler:
    def __init__(self, train):
        self.mean = train.mean()
        spread = train.std()
        self.spread = spread if spread > 0 else torch.ones(())

    def scale(self, values):
        return (values - self.mean) / self.spread

    def unscale(self, values):
        return values * self.spread + self.mean
