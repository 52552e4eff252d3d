class RecurrentForecaster(nn.Module):
    def __init__(self, cell, hidden_size, steps):
        super(RecurrentForecaster, self).__init__()
        kinds = dict(RNN=nn.RNN, LSTM=nn.LSTM, GRU=nn.GRU)
        self.body = kinds[cell](input_size=1, hidden_size=hidden_size, num_layers=1, batch_first=True)
        self.head = nn.Sequential(nn.Linear(hidden_size, steps))

    def forward(self, windows):
        first = windows.new_zeros(1, len(windows), self.body.hidden_size)
        state = (first, first) if isinstance(self.body, nn.LSTM) else first
        return self.head(self.body(windows.view(len(windows), -1, 1), state)[0][:, -1, :])
