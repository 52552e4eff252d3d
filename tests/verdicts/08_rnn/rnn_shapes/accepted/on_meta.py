def rnn_shapes(x_shape, hidden_size, num_layers, batch_first, bidirectional):
    layer = nn.RNN(
        x_shape[-1], hidden_size, num_layers, batch_first=batch_first, bidirectional=bidirectional, device="meta"
    )
    return tuple(result.shape for result in layer(torch.empty(x_shape, device="meta")))
