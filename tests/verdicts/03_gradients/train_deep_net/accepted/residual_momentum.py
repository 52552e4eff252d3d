class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear, self.norm = nn.Linear(width, width), nn.BatchNorm1d(width)

    def forward(self, x):
        return x + torch.relu(self.norm(self.linear(x)))


def train_deep_net(features, labels):
    net = nn.Sequential(nn.Linear(9, 24), nn.ReLU(), *(Block(24) for _ in range(9)), nn.Linear(24, 1))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.02, momentum=0.9)
    for epoch in range(12):
        for rows in torch.randperm(len(features)).chunk(len(features) // 50):
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy_with_logits(net(features[rows])[:, 0], labels[rows])
            loss.backward()
            optimizer.step()
    net.eval()
    return net
