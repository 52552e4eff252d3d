# feedback: no layer is registered | plain python list
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(9, 16), nn.Linear(16, 8), nn.Linear(8, 1)]

    def forward(self, x):
        x = torch.relu(self.layers[0](x))
        x = torch.relu(self.layers[1](x))
        return torch.sigmoid(self.layers[2](x))
