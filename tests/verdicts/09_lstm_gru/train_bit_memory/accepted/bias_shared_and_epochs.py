class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(input_size=1, hidden_size=16, batch_first=True)
        for name, parameter in self.rnn.named_parameters():
            if "bias" in name:
                parameter.data[16:32].fill_(2.0)
        self.out = nn.Linear(16, 1)

    def forward(self, x):
        _, (h_n, _) = self.rnn(x)
        return self.out(h_n[-1])


def train_bit_memory(sequences, bits):
    net = Net().to(sequences.device)
    loss_fn = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for epoch in range(60):
        total = 0.0
        for rows in torch.randperm(len(sequences)).split(64):
            loss = loss_fn(net(sequences[rows]), bits[rows].unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        if total < 0.16:
            return net
    return net
