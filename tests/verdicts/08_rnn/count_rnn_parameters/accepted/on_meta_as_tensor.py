def count_rnn_parameters(input_size, hidden_size, num_layers, output_size):
    with torch.device("meta"):
        rnn, head = nn.RNN(input_size, hidden_size, num_layers), nn.Linear(hidden_size, output_size)
    return torch.tensor([p.numel() for p in [*rnn.parameters(), *head.parameters()]]).sum()
