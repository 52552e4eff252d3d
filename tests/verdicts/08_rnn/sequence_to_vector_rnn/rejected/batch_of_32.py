# feedback: first hidden state does not fit | batch size
class SequenceToVectorRNN(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        self.rnn = nn.RNN(input_size, hidden_size, num_layers, batch_first=True)
        self.head = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        h0 = x.new_zeros(self.rnn.num_layers, 32, self.rnn.hidden_size)
        out, _ = self.rnn(x, h0)
        return self.head(out[:, -1])
