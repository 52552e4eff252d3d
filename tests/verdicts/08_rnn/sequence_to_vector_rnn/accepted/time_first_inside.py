class SequenceToVectorRNN(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        self.layers = nn.ModuleList([nn.RNN(input_size, hidden_size, num_layers), nn.Linear(hidden_size, output_size)])

    def forward(self, x):
        recurrent, linear = self.layers
        states, _ = recurrent(x.transpose(0, 1))
        return linear(states[-1])
