# feedback: aim at the numbers 0 and 1
def train_classifier(features, labels):
    model = nn.Sequential(nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 1)).to(features.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for index in 15 * torch.arange(len(features)).split(64):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(features[index])[:, 0], labels[index]).backward()
        optimizer.step()
    return model
