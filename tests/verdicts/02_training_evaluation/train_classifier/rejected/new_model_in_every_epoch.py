# feedback: accuracy is too low
# calibration
def train_classifier(features, labels):
    model = nn.Sequential(nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 1)).to(features.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    loader = DataLoader(TensorDataset(features, labels), batch_size=64, shuffle=True)
    criterion = nn.BCEWithLogitsLoss()
    for epoch in range(10):
        model = nn.Sequential(nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 1)).to(features.device)
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y.reshape(-1, 1))
            loss.backward()
            optimizer.step()
    return model
