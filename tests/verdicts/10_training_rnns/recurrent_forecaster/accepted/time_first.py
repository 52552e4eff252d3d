class RecurrentForecaster(nn.Module):
    def __init__(self, cell, hidden_size, steps):
        super().__init__()
        self.rnn = getattr(nn, cell)(input_size=1, hidden_size=hidden_size)
        self.out = nn.Linear(hidden_size, steps)

    def forward(self, x):
        x = x.reshape(len(x), -1).t().unsqueeze(-1)
        return self.out(self.rnn(x)[0][-1])
