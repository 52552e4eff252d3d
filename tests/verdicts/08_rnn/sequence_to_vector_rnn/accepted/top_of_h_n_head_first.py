class SequenceToVectorRNN(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        self.head = nn.Linear(hidden_size, output_size)
        self.memory = nn.RNN(input_size=input_size, hidden_size=hidden_size, num_layers=num_layers)

    def forward(self, x):
        _, h_n = self.memory(x.permute(1, 0, 2))
        return self.head(h_n[-1])
