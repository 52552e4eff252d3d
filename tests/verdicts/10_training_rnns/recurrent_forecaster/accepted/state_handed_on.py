class RecurrentForecaster(nn.Module):
    """One step at a time, the state handed on."""

    def __init__(self, cell, hidden_size, steps):
        super().__init__()
        self.rnn = getattr(nn, cell)(1, hidden_size, batch_first=True)
        self.head = nn.Linear(hidden_size, steps)

    def forward(self, windows):
        state = None
        for x in forecast_inputs(windows).unbind(dim=1):
            output, state = self.rnn(x.unsqueeze(1), state)
        return self.head(output.squeeze(1))
