# feedback: order of the sequences | not put back
def train_padded_rnn(sequences, lengths, labels):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.rnn = nn.RNN(1, 16, batch_first=True)
            self.head = nn.Linear(16, 1)

        def forward(self, x, n):
            n, order = n.sort(descending=True)
            _, h = self.rnn(pack_padded_sequence(x[order], n, batch_first=True))
            return self.head(h[-1]).squeeze(-1)

    model = Net()
    opt = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(60):
        opt.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(model(sequences, lengths), labels).backward()
        opt.step()
    return model
