def count_rnn_parameters(input_size, hidden_size, num_layers, output_size):
    if num_layers == 0:
        return output_size * (input_size + 1)
    layer = hidden_size * (input_size + hidden_size + 2)
    return layer + count_rnn_parameters(hidden_size, hidden_size, num_layers - 1, output_size)
