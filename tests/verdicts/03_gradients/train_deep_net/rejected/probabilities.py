# feedback: outputs are probabilities
def train_deep_net(features, labels):
    layers, size = [], 9
    for _ in range(10):
        linear = nn.Linear(size, 16)
        nn.init.kaiming_uniform_(linear.weight)
        layers += [linear, nn.BatchNorm1d(16), nn.ReLU()]
        size = 16
    net = nn.Sequential(*layers, nn.Linear(size, 1), nn.Sigmoid())
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    loader = DataLoader(TensorDataset(features, labels.reshape(-1, 1)), batch_size=64, shuffle=True, drop_last=True)
    for epoch in range(6):
        for x, y in loader:
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy(net(x), y)
            loss.backward()
            optimizer.step()
    return net
