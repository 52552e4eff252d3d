class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(800, 96), nn.ReLU()
        )
        self.first = nn.Linear(96, 4, bias=False)
        self.second = nn.Linear(100, 20, bias=False)

    def forward(self, x):
        ink = x < 0.5
        x = ink.float()
        x -= 0.1
        f = self.body(x)
        a = self.first(f)
        return a, self.second(torch.cat([f, a.detach().softmax(1)], dim=1))


def train_two_heads(images, alphabets, characters):
    net = Net().to(images.device)
    opt = torch.optim.RMSprop(net.parameters(), lr=3e-3)
    for epoch in range(6):
        for i in torch.randperm(len(images)).split(32):
            a, c = net(images[i])
            opt.zero_grad()
            (F.cross_entropy(a, alphabets[i], label_smoothing=0.05) + 2 * F.cross_entropy(c, characters[i])).backward()
            opt.step()
    return net.eval()
