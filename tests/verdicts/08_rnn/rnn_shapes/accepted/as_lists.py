def rnn_shapes(x_shape, hidden_size, num_layers, batch_first, bidirectional):
    rnn = nn.RNN(x_shape[-1], hidden_size, num_layers=num_layers, batch_first=batch_first, bidirectional=bidirectional)
    return [list(part.shape) for part in rnn(torch.empty(*x_shape))]
