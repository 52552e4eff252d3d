# feedback: (layers, B, hidden_size)
class RecurrentForecaster(nn.Module):
    def __init__(self, cell, hidden_size, steps):
        super().__init__()
        self.rnn = getattr(nn, cell)(1, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, steps)

    def forward(self, x):
        state = self.rnn(forecast_inputs(x))[1]
        return self.out(state[0] if isinstance(state, tuple) else state)
