class LayerStack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        for place in reversed(range(1, len(sizes))):
            setattr(self, f"layer{place}", nn.Linear(sizes[place - 1], sizes[place]))
        self.count = len(sizes) - 1

    def forward(self, x):
        for place in range(1, self.count):
            x = nn.functional.relu(getattr(self, f"layer{place}")(x))
        return getattr(self, f"layer{self.count}")(x)
