class EncoderDecoder(nn.Module):
    def __init__(self, input_size, hidden_size, steps):
        super().__init__()
        self.out = nn.Linear(hidden_size, 1)
        self.decoder = nn.RNN(1, hidden_size, batch_first=True)
        self.encoder = nn.RNN(input_size, hidden_size, batch_first=True)
        self.horizon = range(steps)

    def forward(self, x):
        _, state = self.encoder(x)
        value = x[:, -1:, 0:1]
        result = []
        for _ in self.horizon:
            out, state = self.decoder(value, state)
            value = self.out(out)
            result.append(value[:, 0, 0])
        return torch.stack(result, dim=1)
