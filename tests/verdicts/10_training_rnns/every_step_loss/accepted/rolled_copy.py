def every_step_loss(outputs, windows, targets):
    truth = torch.roll(windows, shifts=-1, dims=1).clone()
    truth[:, -1] = targets
    return (outputs[..., 0] - truth).square().mean()
