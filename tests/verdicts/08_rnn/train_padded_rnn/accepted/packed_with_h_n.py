class Packed(nn.Module):
    def __init__(self, hidden=24):
        super().__init__()
        self.rnn = nn.RNN(1, hidden, num_layers=1, batch_first=True)
        self.head = nn.Sequential(nn.Linear(hidden, 8), nn.ReLU(), nn.Linear(8, 1))

    def forward(self, x, lengths):
        packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
        _, h_n = self.rnn(packed)
        return self.head(h_n[-1])[:, 0]


def train_padded_rnn(sequences, lengths, labels):
    torch.manual_seed(3)
    net = Packed()
    optimizer = torch.optim.RMSprop(net.parameters(), lr=0.005)
    for _ in range(12):
        for rows in torch.randperm(len(sequences)).split(50):
            loss = nn.BCEWithLogitsLoss()(net(sequences[rows], lengths[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
    return net.eval()
