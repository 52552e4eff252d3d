class SequenceToVectorRNN(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        self.rnn = nn.RNN(input_size, hidden_size, num_layers, batch_first=True)
        self.head = nn.Linear(hidden_size, output_size)
        self.depth, self.width = num_layers, hidden_size

    def forward(self, x):
        h0 = torch.zeros(self.depth, x.size(0), self.width, device=x.device, dtype=x.dtype)
        out, h_n = self.rnn(x, h0)
        return self.head(out)[:, -1, :]
