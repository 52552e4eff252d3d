# feedback: the batch stands first in `h_n`
def rnn_shapes(x_shape, hidden_size, num_layers, batch_first, bidirectional):
    a, b, c = x_shape
    ways = 2 if bidirectional else 1
    batch, time = (a, b) if batch_first else (b, a)
    return (a, b, ways * hidden_size), (batch, num_layers * ways, hidden_size)
