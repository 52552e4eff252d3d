# feedback: decoder reads as many features
class EncoderDecoder(nn.Module):
    def __init__(self, input_size, hidden_size, steps):
        super().__init__()
        self.steps = steps
        self.encoder = nn.RNN(input_size, hidden_size, batch_first=True)
        self.decoder = nn.RNNCell(input_size, hidden_size)
        self.head = nn.Linear(hidden_size, 1)

    def forward(self, x):
        _, h_n = self.encoder(x)
        h, known = h_n[0], x[:, -1]
        forecasts = []
        for _ in range(self.steps):
            h = self.decoder(known, h)
            known = self.head(h).expand(-1, x.shape[2])
            forecasts.append(known[:, :1])
        return torch.cat(forecasts, dim=1)
