def gated_parameter_count(cell, input_size, hidden_size, num_layers, outputs):
    layer = getattr(nn, cell.upper())(input_size, hidden_size, num_layers)
    total = sum(p.numel() for p in layer.parameters())
    return total + (sum(p.numel() for p in nn.Linear(hidden_size, outputs).parameters()) if outputs else 0)
