from itertools import pairwise


class LayerStack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        modules = [m for a, b in pairwise(sizes) for m in (nn.ReLU(), nn.Linear(a, b))]
        self.net = nn.Sequential(*modules[1:])

    def forward(self, x):
        return self.net(x)
