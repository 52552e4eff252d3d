class RecurrentForecaster(nn.Module):
    def __init__(self, cell, hidden_size, steps):
        super().__init__()
        self.rnn = getattr(nn, cell)(1, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, steps)

    def forward(self, x):
        if x.ndim == 2:
            x = x[:, :, None]
        _, state = self.rnn(x)
        if isinstance(state, tuple):
            state = state[0]
        return self.out(state[-1])
