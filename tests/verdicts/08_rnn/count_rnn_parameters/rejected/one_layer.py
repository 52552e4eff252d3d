# feedback: only one layer
def count_rnn_parameters(input_size, hidden_size, num_layers, output_size):
    return hidden_size * (input_size + hidden_size + 2) + output_size * (hidden_size + 1)
