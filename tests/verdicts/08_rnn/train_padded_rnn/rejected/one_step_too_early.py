# feedback: accuracy is too low
# calibration
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(1, 16, batch_first=True)
        self.head = nn.Linear(16, 1)

    def forward(self, x, lengths):
        out, h_n = self.rnn(x)
        return self.head(out[torch.arange(len(out)), (lengths - 2).clamp(min=0)]).squeeze(-1)


def train_padded_rnn(sequences, lengths, labels):
    model = Net()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    loader = DataLoader(TensorDataset(sequences, lengths, labels), batch_size=50, shuffle=True)
    for _ in range(8):
        for x, n, y in loader:
            optimizer.zero_grad()
            nn.functional.binary_cross_entropy_with_logits(model(x, n), y).backward()
            optimizer.step()
    return model
