# feedback: nn.Module | several values
def train_padded_rnn(sequences, lengths, labels):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.rnn = nn.RNN(1, 16, batch_first=True)
            self.head = nn.Linear(16, 1)

        def forward(self, x, n):
            out, _ = self.rnn(x)
            return self.head(out[torch.arange(len(x)), n - 1]).squeeze(-1)

    model = Net()
    losses = []
    opt = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(3):
        opt.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(model(sequences, lengths), labels)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return model, losses
