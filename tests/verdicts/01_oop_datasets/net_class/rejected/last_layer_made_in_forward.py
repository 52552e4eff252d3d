# feedback: made in `forward` | optimizer never sees it
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(9, 16), nn.Linear(16, 8)

    def forward(self, x):
        c = nn.Linear(8, 1)
        return torch.sigmoid(c(torch.relu(self.b(torch.relu(self.a(x))))))
