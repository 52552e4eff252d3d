# feedback: no layer is registered | inside `forward`
class Net(nn.Module):
    def __init__(self):
        super().__init__()

    def forward(self, x):
        x = torch.relu(nn.Linear(9, 16)(x))
        x = torch.relu(nn.Linear(16, 8)(x))
        return torch.sigmoid(nn.Linear(8, 1)(x))
