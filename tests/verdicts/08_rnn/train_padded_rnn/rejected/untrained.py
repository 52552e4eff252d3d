# feedback: accuracy is too low
# calibration
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(1, 16, batch_first=True)
        self.head = nn.Linear(16, 1)

    def forward(self, x, lengths):
        out, h_n = self.rnn(x)
        return self.head(out[torch.arange(len(out)), lengths - 1]).squeeze(-1)


def train_padded_rnn(sequences, lengths, labels):
    return Net()
