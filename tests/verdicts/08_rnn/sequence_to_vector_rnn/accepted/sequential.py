class _Last(nn.Module):
    def forward(self, pair):
        return pair[1][-1]


class SequenceToVectorRNN(nn.Sequential):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__(
            nn.RNN(input_size, hidden_size, num_layers, batch_first=True), _Last(), nn.Linear(hidden_size, output_size)
        )
