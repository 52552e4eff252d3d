class ChangeNet(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.rnn = {"RNN": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}[kind](1, 24, batch_first=True)
        self.out = nn.Linear(24, 3)

    def forward(self, x):
        states = self.rnn(x[..., None])[0]
        return x[:, -1:] + self.out(states[:, -1, :])


def train_forecaster(windows, targets, cell):
    net = ChangeNet(cell).to(windows.device)
    opt = torch.optim.AdamW(net.parameters(), lr=0.01, weight_decay=0.001)
    for epoch in range(8):
        for rows in torch.randperm(len(windows), device=windows.device).split(100):
            loss = nn.functional.mse_loss(net(windows[rows]), targets[rows])
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
    return net
