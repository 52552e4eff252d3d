# feedback: probabilities, not scores | softmax
# calibration
def train_cloud_net(images, labels):
    model = nn.Sequential(cloud_net(4, Normalize(images)), nn.Softmax(dim=1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(3):
        images = images[torch.randperm(len(images))]
        labels = labels[torch.randperm(len(labels))]
        for x, y in zip(images.split(32), labels.split(32), strict=True):
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
    return model
