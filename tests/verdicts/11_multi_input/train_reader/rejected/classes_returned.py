# feedback: class numbers are returned
class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = TwoInputNet(28, 5, 50)

    def forward(self, image, alphabet):
        return self.net(1 - image, alphabet) if self.training else self.net(1 - image, alphabet).argmax(dim=1)


def train_reader(images, alphabets, characters):
    model = Reader().to(images.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    pass
    for _ in range(1):
        for rows in torch.randperm(len(images)).split(32):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(images[rows], alphabets[rows]), characters[rows])
            loss.backward()
            optimizer.step()
    return model
