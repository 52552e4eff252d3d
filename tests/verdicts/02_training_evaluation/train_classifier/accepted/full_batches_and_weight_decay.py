def train_classifier(features, labels):
    model = nn.Sequential(nn.Linear(9, 32), nn.ELU(), nn.Linear(32, 16), nn.ELU(), nn.Linear(16, 1))
    model.to(features.device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.02, weight_decay=0.05)
    criterion = nn.BCEWithLogitsLoss()
    target = labels.view(-1, 1)
    for _ in range(120):
        optimizer.zero_grad()
        criterion(model(features), target).backward()
        optimizer.step()
    return model
