# feedback: accuracy is too low | never trained
class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = TwoInputNet(28, 5, 50)

    def forward(self, image, alphabet):
        return self.net(1 - image, alphabet)


def train_reader(images, alphabets, characters):
    model = Reader()
    optimizer = torch.optim.Adam(Reader().parameters(), lr=0.002)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(6):
        joint_epoch(model, loader, optimizer)
    return model.eval()
