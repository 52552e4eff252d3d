class TimeFirst(nn.Module):
    def __init__(self, cell, hidden):
        super().__init__()
        self.layer = getattr(nn, cell)(input_size=1, hidden_size=hidden)
        self.head = nn.Linear(hidden, 3)

    def forward(self, windows):
        steps = windows.t().unsqueeze(2)
        return self.head(self.layer(steps)[0][-1])


def train_forecaster(windows, targets, cell):
    model = TimeFirst(cell, 24).to(windows.device)
    data = DataLoader(TensorDataset(windows, targets), batch_size=60, shuffle=True)
    epochs = 7
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.02, total_steps=epochs * len(data))
    criterion = nn.MSELoss()
    for _ in range(epochs):
        for x, y in data:
            model.zero_grad()
            criterion(model(x), y).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
            optimizer.step()
            schedule.step()
    return model
