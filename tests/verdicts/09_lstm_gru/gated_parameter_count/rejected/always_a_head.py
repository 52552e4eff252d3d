# feedback: though there is none
def gated_parameter_count(cell, input_size, hidden_size, num_layers, outputs):
    blocks = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    total = 0
    for layer in range(num_layers):
        inputs = input_size if layer == 0 else hidden_size
        total += blocks * hidden_size * (inputs + hidden_size + 2)
    return total + (hidden_size + 1) * max(outputs, 1)
