# feedback: character head do not reach the body | the graph is cut
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = TwoHeadNet(4, 20, 20)

    def forward(self, x):
        f = self.net.body(x)
        return self.net.alphabet_head(f), self.net.character_head(f.detach())


def train_two_heads(images, alphabets, characters):
    model = Net()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    loader = DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, shuffle=True)
    for _ in range(10):
        train_heads_epoch(model, loader, optimizer, (1.0, 1.0))
    return model
