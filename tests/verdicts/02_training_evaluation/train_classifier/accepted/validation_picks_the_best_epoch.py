import copy


def train_classifier(features, labels):
    rows = len(features) * 5 // 6
    order = torch.randperm(len(features), device=features.device)
    x, y = features[order[:rows]], labels[order[:rows]].unsqueeze(1)
    x_val, y_val = features[order[rows:]], labels[order[rows:]].unsqueeze(1)
    model = nn.Sequential(
        nn.Linear(9, 32), nn.ReLU(), nn.Dropout(0.1), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1)
    ).to(features.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    criterion = nn.BCEWithLogitsLoss()
    best, best_loss = None, float("inf")
    for _ in range(12):
        model.train()
        for index in torch.randperm(rows, device=features.device).split(64):
            optimizer.zero_grad()
            criterion(model(x[index]), y[index]).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            loss = criterion(model(x_val), y_val).item()
        if loss < best_loss:
            best, best_loss = copy.deepcopy(model.state_dict()), loss
    model.load_state_dict(best)
    return model
