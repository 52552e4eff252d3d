# feedback: as much as all others together
def every_step_loss(outputs, windows, targets):
    inside = nn.functional.mse_loss(outputs[:, :-1, 0], windows[:, 1:])
    last = nn.functional.mse_loss(outputs[:, -1, 0], targets)
    return (inside + last) / 2
