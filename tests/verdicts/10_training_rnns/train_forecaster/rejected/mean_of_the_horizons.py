# feedback: does not tell the horizons apart | averaged over the horizons
def train_forecaster(windows, targets, cell):
    model = RecurrentForecaster(cell, 32, 3).to(windows.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(30):
        for rows in torch.randperm(len(windows)).split(64):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(windows[rows]).mean(dim=1), targets[rows].mean(dim=1))
            loss.backward()
            optimizer.step()
    return model
