def rnn_shapes(x_shape, hidden_size, num_layers, batch_first, bidirectional):
    rnn = nn.RNN(x_shape[2], hidden_size, num_layers, batch_first=batch_first, bidirectional=bidirectional)
    out, h_n = rnn(torch.zeros(x_shape))
    return out.shape, h_n.shape
