# feedback: *before* the decoder's step
class EncoderDecoder(nn.Module):
    def __init__(self, input_size, hidden_size, steps):
        super().__init__()
        self.steps = steps
        self.encoder = nn.RNN(input_size, hidden_size, batch_first=True)
        self.decoder = nn.RNNCell(1, hidden_size)
        self.head = nn.Linear(hidden_size, 1)

    def forward(self, x):
        h = self.encoder(x)[1][0]
        value, values = x[:, -1, :1], []
        for _ in range(self.steps):
            forecast = self.head(h)
            h = self.decoder(value, h)
            value = forecast
            values.append(forecast)
        return torch.cat(values, 1)
