# feedback: not among the parameters | plain list
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = TwoHeadNet(4, 20, 20).body
        self.heads = [nn.Linear(128, 4), nn.Linear(128, 20)]

    def forward(self, x):
        f = self.body(x)
        return self.heads[0](f), self.heads[1](f)


def train_two_heads(images, alphabets, characters):
    model = Net()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(10):
        train_heads_epoch(model, loader, optimizer, (1.0, 1.0))
    return model
