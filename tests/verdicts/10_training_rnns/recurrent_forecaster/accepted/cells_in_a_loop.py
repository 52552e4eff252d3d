class RecurrentForecaster(nn.Module):
    def __init__(self, cell, hidden_size, steps):
        super().__init__()
        self.kind = cell
        self.step = {"RNN": nn.RNNCell, "LSTM": nn.LSTMCell, "GRU": nn.GRUCell}[cell](1, hidden_size)
        self.linear = nn.Linear(hidden_size, steps)

    def forward(self, windows):
        windows = forecast_inputs(windows)
        state = None
        for t in range(windows.shape[1]):
            state = self.step(windows[:, t], state)
        return self.linear(state[0] if self.kind == "LSTM" else state)
