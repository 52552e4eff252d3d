def gated_parameter_count(cell, input_size, hidden_size, num_layers, outputs):
    inputs = torch.tensor([input_size] + [hidden_size] * (num_layers - 1))
    blocks = dict(rnn=1, gru=3, lstm=4)[cell]
    return (blocks * hidden_size * (inputs + hidden_size + 2)).sum() + outputs + outputs * hidden_size
