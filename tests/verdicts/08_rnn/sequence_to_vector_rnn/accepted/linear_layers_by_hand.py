class SequenceToVectorRNN(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        sizes = [input_size] + [hidden_size] * num_layers
        self.layers = nn.ModuleList(
            nn.ModuleList([nn.Linear(a, hidden_size), nn.Linear(hidden_size, hidden_size)]) for a in sizes[:-1]
        )
        self.out = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        for read, remember in self.layers:
            h = x.new_zeros(x.shape[0], remember.in_features)
            states = []
            for t in range(x.shape[1]):
                h = torch.tanh(read(x[:, t]) + remember(h))
                states.append(h)
            x = torch.stack(states, dim=1)
        return self.out(h)
