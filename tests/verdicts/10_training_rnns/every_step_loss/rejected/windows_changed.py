# feedback: changed by the call
def every_step_loss(outputs, windows, targets):
    windows[:, :-1] = windows[:, 1:].clone()
    windows[:, -1] = targets
    return nn.functional.mse_loss(outputs.squeeze(-1), windows)
