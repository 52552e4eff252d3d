def every_step_loss(outputs, windows, targets):
    inside = (outputs[:, :-1, 0] - windows[:, 1:]).pow(2).sum()
    last = (outputs[:, -1, 0] - targets).pow(2).sum()
    return (inside + last) / outputs.numel()
