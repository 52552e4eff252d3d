# feedback: is too low
# calibration
def train_cloud_net(images, labels):
    model = nn.Sequential(
        Normalize(images),
        *[nn.Conv2d(3, 8, kernel_size=3, padding=1), nn.ELU(), nn.MaxPool2d(2)],
        *[nn.Conv2d(8, 16, kernel_size=3, padding=1), nn.ELU(), nn.MaxPool2d(2)],
        *[nn.Flatten(), nn.Linear(16 * 8 * 8, 4)],
    ).to(images.device)
    optimizer = torch.optim.Adam(copy.deepcopy(model).parameters(), lr=0.003)
    loader = DataLoader(TensorDataset(images, labels), batch_size=16, shuffle=True)
    for _ in range(1):
        for x, y in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
    return model
