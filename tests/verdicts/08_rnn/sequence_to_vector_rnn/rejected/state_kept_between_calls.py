# feedback: from call to call | remembers the call before
class SequenceToVectorRNN(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, output_size):
        super().__init__()
        self.rnn = nn.RNN(input_size, hidden_size, num_layers, batch_first=True)
        self.fc = nn.Linear(hidden_size, output_size)
        self.state = None

    def forward(self, x):
        if self.state is None or self.state.shape[1] != x.shape[0] or self.state.dtype != x.dtype:
            self.state = x.new_zeros(self.rnn.num_layers, x.shape[0], self.rnn.hidden_size)
        out, state = self.rnn(x, self.state)
        self.state = state.detach()
        return self.fc(out[:, -1])
