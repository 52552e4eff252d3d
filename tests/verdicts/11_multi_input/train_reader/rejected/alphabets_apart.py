# feedback: shuffled apart
class Reader(nn.Module):
    """Turns paper into ink, and reads."""

    def __init__(self):
        super().__init__()
        self.image = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.MaxPool2d(2), nn.ELU(), nn.Flatten(), nn.Linear(16 * 14 * 14, 128), nn.ELU()
        )
        self.alphabet = nn.Sequential(nn.Linear(5, 8), nn.ELU())
        self.head = nn.Linear(128 + 8, 50)

    def forward(self, image, alphabet):
        ink = (1 - image - 0.1) / 0.25
        return self.head(torch.cat([self.image(ink), self.alphabet(alphabet)], dim=1))


def train_reader(images, alphabets, characters):
    """A trained network: images (B, 1, 28, 28) and alphabets (B, 5) to logits (B, 50)."""
    net = Reader().to(images.device)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.003)
    net.train()
    for _ in range(20):
        order = torch.randperm(len(images), device=images.device).split(50)
        other = torch.randperm(len(images), device=images.device).split(50)
        for rows, mixed in zip(order, other, strict=True):
            loss = nn.functional.cross_entropy(net(images[rows], alphabets[mixed]), characters[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return net.eval()
