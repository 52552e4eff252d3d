# feedback: the batch stands first in `h_n`
def rnn_shapes(x_shape, hidden_size, num_layers, batch_first, bidirectional):
    a, b, c = x_shape
    ways = 2 if bidirectional else 1
    batch, time = (a, b) if batch_first else (b, a)
    h = (batch, num_layers * ways, hidden_size) if batch_first else (num_layers * ways, batch, hidden_size)
    return (a, b, ways * hidden_size), h
