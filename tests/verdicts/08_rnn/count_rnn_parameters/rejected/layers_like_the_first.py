# feedback: counted like the first one
def count_rnn_parameters(input_size, hidden_size, num_layers, output_size):
    return num_layers * hidden_size * (input_size + hidden_size + 2) + output_size * (hidden_size + 1)
