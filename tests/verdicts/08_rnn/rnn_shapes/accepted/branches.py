def rnn_shapes(x_shape, hidden_size, num_layers, batch_first, bidirectional):
    ways = 1 + bidirectional
    batch = x_shape[0] if batch_first else x_shape[1]
    return (*x_shape[:2], hidden_size * ways), (ways * num_layers, batch, hidden_size)
