# feedback: states of all layers
def count_rnn_parameters(input_size, hidden_size, num_layers, output_size):
    rnn = nn.RNN(input_size, hidden_size, num_layers)
    head = nn.Linear(hidden_size * num_layers, output_size)
    return sum(p.numel() for p in [*rnn.parameters(), *head.parameters()])
