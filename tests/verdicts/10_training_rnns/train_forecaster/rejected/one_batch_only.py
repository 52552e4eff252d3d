# feedback: is too low | the loss
# calibration
def train_forecaster(windows, targets, cell):
    model = RecurrentForecaster(cell, 24, 3).to(windows.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(8):
        for rows in torch.randperm(len(windows), device=windows.device).split(64):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(windows[rows]), targets[rows])
            loss.backward()
            optimizer.step()
            return model
    return model
