# feedback: where a layer has one output
class LayerStack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
            if layer.out_features != 1:
                x = torch.relu(x)
        return x
