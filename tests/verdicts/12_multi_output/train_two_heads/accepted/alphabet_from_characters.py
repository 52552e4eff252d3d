class Net(nn.Module):
    def __init__(self, mean):
        super().__init__()
        self.mean = mean
        self.flat = nn.Sequential(nn.Flatten(), nn.Linear(400, 200), nn.Tanh())
        self.second = nn.Linear(200, 20)

    def forward(self, x):
        x = x.clone()
        x -= self.mean
        x *= 3
        c = self.second(self.flat(x))
        return c.unflatten(1, (4, 5)).logsumexp(2), c  # an alphabet is as likely as its five characters together


def train_two_heads(images, alphabets, characters):
    order = (alphabets * 20 + characters).unique()  # characters sorted by alphabet
    place = torch.empty(20, dtype=torch.long)
    place[order % 20] = torch.arange(20)
    net = Net(images.mean()).to(images.device)
    opt = torch.optim.Adam(net.parameters(), lr=2e-3)
    for epoch in range(20):
        for i in torch.randperm(len(images)).split(32):
            a, c = net(images[i])
            loss = F.cross_entropy(a, alphabets[i]) + F.cross_entropy(c, place[characters[i]])
            opt.zero_grad()
            loss.backward()
            opt.step()

    class Reordered(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = net

        def forward(self, x):
            a, c = self.net(x)
            return a, c[:, place]

    return Reordered()
