# feedback: the output of every step
class Net(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.rnn = getattr(nn, cell)(1, 24, batch_first=True)
        self.head = nn.Linear(24, 3)

    def forward(self, x):
        out, _ = self.rnn(x.unsqueeze(-1))
        return self.head(out)


def train_forecaster(windows, targets, cell):
    model = Net(cell).to(windows.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(1):
        for rows in torch.randperm(len(windows), device=windows.device).split(64):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(windows[rows]), targets[rows].unsqueeze(1).expand(-1, 12, -1)).backward()
            optimizer.step()
    return model
