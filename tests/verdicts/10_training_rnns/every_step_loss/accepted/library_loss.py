def every_step_loss(outputs, windows, targets):
    path = torch.hstack((windows, targets[:, None]))
    return nn.MSELoss()(outputs[..., 0], path[:, 1:])
