class SequenceToVectorRNN(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        sizes = [input_size] + [hidden_size] * num_layers
        self.layers = nn.ModuleList(nn.RNN(a, b, batch_first=True) for a, b in zip(sizes, sizes[1:]))
        self.out = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        for layer in self.layers:
            x, last = layer(x)
        return self.out(last.squeeze(0))
