# feedback: shape of
def rnn_shapes(x_shape, hidden_size, num_layers, batch_first, bidirectional):
    rnn = nn.RNN(x_shape[2], hidden_size, num_layers, batch_first=batch_first, bidirectional=bidirectional)
    return rnn(torch.zeros(x_shape))
