# feedback: 1 block of rows is counted
def gated_parameter_count(cell, input_size, hidden_size, num_layers, outputs):
    blocks = 4 if cell == "LSTM" else 3 if cell == "GRU" else 1
    total, size = 0, input_size
    for _ in range(num_layers):
        total += blocks * hidden_size * (size + hidden_size + 2)
        size = hidden_size
    return total + outputs * (hidden_size + 1)
