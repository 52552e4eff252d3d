# feedback: list of sizes | changed by the call
class LayerStack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList()
        n_in = sizes.pop(0)
        while sizes:
            n_out = sizes.pop(0)
            self.layers.append(nn.Linear(n_in, n_out))
            n_in = n_out

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)
