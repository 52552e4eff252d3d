def train_forecaster(windows, targets, cell):
    cut = len(windows) * 9 // 10
    model = RecurrentForecaster(cell, 24, 3).to(windows.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    loader = DataLoader(TensorDataset(windows[:cut], targets[:cut]), batch_size=64, shuffle=True)
    best, kept = float("inf"), None
    for _ in range(7):
        clipped_epoch_loss(model, loader, optimizer, 1.0)
        model.eval()
        with torch.no_grad():
            loss = nn.functional.mse_loss(model(windows[cut:]), targets[cut:]).item()
        if loss < best:
            best, kept = loss, copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)
    return model
