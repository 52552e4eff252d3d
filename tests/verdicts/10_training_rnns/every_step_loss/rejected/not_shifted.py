# feedback: has just read
def every_step_loss(outputs, windows, targets):
    return (outputs.squeeze(-1) - windows).square().mean()
