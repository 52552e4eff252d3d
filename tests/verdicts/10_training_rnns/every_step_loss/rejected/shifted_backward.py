# feedback: the other way
def every_step_loss(outputs, windows, targets):
    return (outputs[:, 1:, 0] - windows[:, :-1]).square().mean()
