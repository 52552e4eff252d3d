# feedback: its own new state is not carried on
class EncoderDecoder(nn.Module):
    def __init__(self, input_size, hidden_size, steps):
        super().__init__()
        self.steps = steps
        self.encoder = nn.RNN(input_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(1, hidden_size, batch_first=True)
        self.head = nn.Linear(hidden_size, 1)

    def forward(self, x):
        _, h = self.encoder(x)
        value, values = x[:, -1:, :1], []
        for _ in range(self.steps):
            out, _ = self.decoder(value, h)
            value = self.head(out)
            values.append(value)
        return torch.cat(values, 1).squeeze(-1)
