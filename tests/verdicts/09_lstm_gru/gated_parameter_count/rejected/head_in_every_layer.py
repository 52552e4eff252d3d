# feedback: once for every layer
def gated_parameter_count(cell, input_size, hidden_size, num_layers, outputs):
    blocks = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    total, size = 0, input_size
    for _ in range(num_layers):
        total += blocks * hidden_size * (size + hidden_size + 2) + outputs * (hidden_size + 1)
        size = hidden_size
    return total
