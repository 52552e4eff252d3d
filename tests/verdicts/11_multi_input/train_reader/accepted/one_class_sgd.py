class Both(nn.Module):
    def __init__(self, alphabets, characters, size):
        super().__init__()
        self.eyes = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.ELU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding=1), nn.ELU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(16 * (size // 4) ** 2, 64), nn.ELU())
        self.ears = nn.Linear(alphabets, 16)
        self.mouth = nn.Linear(80, characters)

    def forward(self, x, a):
        return self.mouth(torch.cat((self.eyes(1.0 - x), torch.tanh(self.ears(a))), dim=1))


def train_reader(images, alphabets, characters):
    net = Both(alphabets.shape[1], int(characters.max()) + 1, images.shape[-1]).to(images.device)
    opt = torch.optim.Adam(net.parameters(), lr=0.004)
    net.train()
    for epoch in range(7):
        for rows in torch.randperm(len(images), device=images.device).split(40):
            opt.zero_grad()
            loss = nn.functional.cross_entropy(net(images[rows], alphabets[rows]), characters[rows])
            loss.backward()
            opt.step()
    return net
