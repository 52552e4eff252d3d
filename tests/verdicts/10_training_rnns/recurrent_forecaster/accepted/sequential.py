class Last(nn.Module):
    def forward(self, pair):
        return pair[0].select(1, -1)


class RecurrentForecaster(nn.Sequential):
    def __init__(self, cell, hidden_size, steps):
        super().__init__(getattr(nn, cell)(1, hidden_size, batch_first=True), Last(), nn.Linear(hidden_size, steps))

    def forward(self, windows):
        return super().forward(forecast_inputs(windows))
