# feedback: nearly the same for every window
# calibration
def train_forecaster(windows, targets, cell):
    model = RecurrentForecaster(cell, 24, 3).to(windows.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(4):
        for rows in torch.randperm(len(windows), device=windows.device).split(64):
            optimizer.zero_grad()
            outputs = model(windows[rows])
            loss = 0
            for k in range(3):
                loss = loss + ((outputs[:, k : k + 1] - targets[rows, k]) ** 2).mean()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
    return model
