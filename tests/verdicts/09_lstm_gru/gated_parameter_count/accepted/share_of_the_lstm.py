def gated_parameter_count(cell, input_size, hidden_size, num_layers, outputs):
    lstm = 4 * hidden_size * (input_size + hidden_size + 2)
    lstm += (num_layers - 1) * 4 * hidden_size * (2 * hidden_size + 2)
    share = {"rnn": 0.25, "gru": 0.75, "lstm": 1.0}[cell]
    return lstm * share + outputs * (hidden_size + 1)
