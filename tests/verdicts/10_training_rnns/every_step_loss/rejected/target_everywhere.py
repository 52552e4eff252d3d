# feedback: every step is compared with the target
def every_step_loss(outputs, windows, targets):
    return (outputs.squeeze(-1) - targets.unsqueeze(1)).square().mean()
