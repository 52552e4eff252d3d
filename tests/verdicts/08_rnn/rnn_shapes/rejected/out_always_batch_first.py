# feedback: exchanged in `out`
def rnn_shapes(x_shape, hidden_size, num_layers, batch_first, bidirectional):
    a, b, c = x_shape
    ways = 2 if bidirectional else 1
    batch, time = (a, b) if batch_first else (b, a)
    return (batch, time, ways * hidden_size), (num_layers * ways, batch, hidden_size)
