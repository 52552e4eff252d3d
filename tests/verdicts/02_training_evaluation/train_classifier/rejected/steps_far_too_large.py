# feedback: accuracy is too low
def train_classifier(features, labels):
    model = nn.Sequential(nn.Linear(9, 16), nn.ReLU(), nn.Linear(16, 1)).to(features.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e30)
    for index in torch.arange(len(features)).split(400):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(model(features[index])[:, 0], labels[index]).backward()
        optimizer.step()
    return model
