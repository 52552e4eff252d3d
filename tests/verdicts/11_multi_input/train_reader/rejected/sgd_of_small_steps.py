# feedback: accuracy is too low | far too small
# calibration
class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = TwoInputNet(28, 5, 50)

    def forward(self, image, alphabet):
        return self.net(1 - image, alphabet)


def train_reader(images, alphabets, characters):
    model = Reader().to(images.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.003)
    pass
    for _ in range(3):
        for rows in torch.randperm(len(images)).split(32):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(images[rows], alphabets[rows]), characters[rows])
            loss.backward()
            optimizer.step()
    return model
