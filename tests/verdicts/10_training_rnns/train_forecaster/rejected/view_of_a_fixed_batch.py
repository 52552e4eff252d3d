# feedback: view | batch
class Net(nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.rnn = getattr(nn, cell)(1, 24, batch_first=True)
        self.head = nn.Linear(24, 3)

    def forward(self, x):
        out, _ = self.rnn(x.view(50, 12, 1))
        return self.head(out[:, -1])


def train_forecaster(windows, targets, cell):
    model = Net(cell)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for rows in torch.randperm(len(windows)).split(50):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(windows[rows]), targets[rows]).backward()
        optimizer.step()
    return model
