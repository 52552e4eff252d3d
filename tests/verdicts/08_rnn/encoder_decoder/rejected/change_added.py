# feedback: added to the value before
class EncoderDecoder(nn.Module):
    def __init__(self, input_size, hidden_size, steps):
        super().__init__()
        self.steps = steps
        self.encoder = nn.RNN(input_size, hidden_size, batch_first=True)
        self.decoder = nn.RNNCell(1, hidden_size)
        self.head = nn.Linear(hidden_size, 1)

    def forward(self, x):
        _, h_n = self.encoder(x)
        h, known = h_n[0], x[:, -1, :1]
        forecasts = []
        for _ in range(self.steps):
            h = self.decoder(known, h)
            known = known + self.head(h)
            forecasts.append(known)
        return torch.cat(forecasts, dim=1)
