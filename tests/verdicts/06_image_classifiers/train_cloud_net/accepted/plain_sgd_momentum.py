def train_cloud_net(images, labels):
    net = nn.Sequential(
        Normalize(images),
        nn.Conv2d(3, 8, 3, padding=1), nn.ELU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ELU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(16 * 64, 4),
    )
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    criterion = nn.CrossEntropyLoss()
    for _ in range(14):
        for part in torch.randperm(len(labels)).split(16):
            loss = criterion(net(images[part]), labels[part])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return net
