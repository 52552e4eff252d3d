class LayerStack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.depth = len(sizes) - 1
        for i in range(self.depth):
            bound = sizes[i] ** -0.5
            self.register_parameter(f"b{i}", nn.Parameter(torch.empty(sizes[i + 1]).uniform_(-bound, bound)))
            self.register_parameter(f"w{i}", nn.Parameter(torch.empty(sizes[i], sizes[i + 1]).uniform_(-bound, bound)))

    def forward(self, x):
        for i in range(self.depth):
            x = torch.addmm(getattr(self, f"b{i}"), x, getattr(self, f"w{i}"))
            if i + 1 < self.depth:
                x = torch.clamp(x, min=0)
        return x
