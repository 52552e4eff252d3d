class EncoderDecoder(nn.Module):
    def __init__(self, input_size, hidden_size, steps):
        super().__init__()
        self.read, self.write = nn.RNNCell(input_size, hidden_size), nn.RNNCell(1, hidden_size)
        self.forecast = nn.Linear(hidden_size, 1)
        self.n = steps

    def forward(self, x):
        h = None
        for t in range(x.size(1)):
            h = self.read(x[:, t], h)
        y = x[:, -1, 0].unsqueeze(-1)
        result = x.new_empty(x.size(0), self.n)
        for k in range(self.n):
            h = self.write(y, h)
            y = self.forecast(h)
            result[:, k] = y.squeeze(-1)
        return result
