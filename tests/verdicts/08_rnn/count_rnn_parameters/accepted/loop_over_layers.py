def count_rnn_parameters(input_size, hidden_size, num_layers, output_size):
    total, width = 0, input_size
    for _ in range(num_layers):
        total += width * hidden_size + hidden_size**2 + 2 * hidden_size
        width = hidden_size
    return total + width * output_size + output_size
