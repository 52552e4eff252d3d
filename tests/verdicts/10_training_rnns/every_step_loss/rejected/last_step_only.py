# feedback: only the last step
def every_step_loss(outputs, windows, targets):
    return (outputs[:, -1, 0] - targets).square().mean()
