# feedback: bias of the linear layer
def count_rnn_parameters(input_size, hidden_size, num_layers, output_size):
    return sum(p.numel() for p in nn.RNN(input_size, hidden_size, num_layers).parameters()) + hidden_size * output_size
