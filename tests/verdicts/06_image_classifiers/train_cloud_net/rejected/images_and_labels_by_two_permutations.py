# feedback: is too low
# calibration
def train_cloud_net(images, labels):
    model = cloud_net(4, Normalize(images))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(3):
        images = images[torch.randperm(len(images))]
        labels = labels[torch.randperm(len(labels))]
        for x, y in zip(images.split(16), labels.split(16), strict=True):
            optimizer.zero_grad()
            F.cross_entropy(model(x), y).backward()
            optimizer.step()
    return model
