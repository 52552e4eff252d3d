def gated_parameter_count(cell, input_size, hidden_size, num_layers, outputs):
    g = ("rnn", "?", "gru", "lstm").index(cell) + 1
    H = hidden_size
    return g * H * (input_size + H + 2 + (num_layers - 1) * 2 * (H + 1)) + outputs * (H + 1)
