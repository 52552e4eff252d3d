class SequenceToVectorRNN(nn.RNN):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__(input_size, hidden_size, num_layers, batch_first=True)
        self.head = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        _, h_n = super().forward(x)
        return self.head(h_n[-1])
