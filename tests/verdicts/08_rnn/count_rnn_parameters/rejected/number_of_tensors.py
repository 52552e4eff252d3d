# feedback: the tensors are counted
def count_rnn_parameters(input_size, hidden_size, num_layers, output_size):
    rnn, head = nn.RNN(input_size, hidden_size, num_layers), nn.Linear(hidden_size, output_size)
    return len(list(rnn.parameters())) + len(list(head.parameters()))
