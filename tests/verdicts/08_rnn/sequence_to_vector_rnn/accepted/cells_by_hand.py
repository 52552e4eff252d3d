class SequenceToVectorRNN(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        self.cells = nn.ModuleList([nn.RNNCell(input_size, hidden_size)])
        self.cells.extend(nn.RNNCell(hidden_size, hidden_size) for _ in range(num_layers - 1))
        self.out = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        states = [None] * len(self.cells)
        for step in x.unbind(dim=1):
            for k, cell in enumerate(self.cells):
                step = states[k] = cell(step, states[k])
        return self.out(states[-1])
