def forecast_mse(outputs, targets):
    if len(outputs) != len(targets):
        raise ValueError
    off = outputs.view(-1) - targets.view(-1)
    return torch.einsum('i,i->', off, off) / len(off)
