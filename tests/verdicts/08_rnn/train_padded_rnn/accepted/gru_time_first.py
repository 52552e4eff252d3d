class Gated(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 12)
        self.score = nn.Linear(12, 1)

    def forward(self, x, lengths):
        out, _ = self.gru(x.transpose(0, 1))
        index = (lengths - 1).view(1, -1, 1).expand(1, -1, 12)
        return self.score(out.gather(0, index).squeeze(0)).squeeze(1)


def train_padded_rnn(sequences, lengths, labels):
    model = Gated()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.02)
    loader = DataLoader(list(zip(sequences, lengths, labels)), batch_size=50, shuffle=True)
    for _ in range(10):
        for x, n, y in loader:
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy_with_logits(model(x, n), y)
            loss.backward()
            optimizer.step()
    return model
