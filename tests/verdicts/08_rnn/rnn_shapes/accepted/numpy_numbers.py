def rnn_shapes(x_shape, hidden_size, num_layers, batch_first, bidirectional):
    x = np.array(x_shape)
    directions = np.where(bidirectional, 2, 1)
    out = np.append(x[:2], directions * hidden_size)
    h_n = np.array([directions * num_layers, x[0] if batch_first else x[1], hidden_size])
    return tuple(out), tuple(h_n)
