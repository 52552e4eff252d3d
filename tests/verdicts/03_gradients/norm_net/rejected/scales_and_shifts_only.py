# feedback: normalizes nothing in training mode
class Scale(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(n)), nn.Parameter(torch.zeros(n))

    def forward(self, x):
        return x / (1 + 1e-5) ** 0.5 * self.weight + self.bias


class NormNet(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(9, 16), Scale(16), nn.ELU(), nn.Linear(16, 8), Scale(8), nn.ELU(), nn.Linear(8, 1))
