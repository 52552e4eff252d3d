# feedback: one bias per layer
def count_rnn_parameters(input_size, hidden_size, num_layers, output_size):
    first = hidden_size * (input_size + hidden_size + 1)
    rest = (num_layers - 1) * hidden_size * (2 * hidden_size + 1)
    return first + rest + output_size * (hidden_size + 1)
