# feedback: gives probabilities | softmax
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = TwoHeadNet(4, 20, 20)

    def forward(self, x):
        return tuple(s.softmax(dim=1) for s in self.net(x))


def train_two_heads(images, alphabets, characters):
    model = Net()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(10):
        train_heads_epoch(model, loader, optimizer, (1.0, 1.0))
    return model
