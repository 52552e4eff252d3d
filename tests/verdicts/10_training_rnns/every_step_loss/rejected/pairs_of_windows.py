# feedback: another quantity
def every_step_loss(outputs, windows, targets):
    following = torch.cat([windows[:, 1:], targets.unsqueeze(1)], dim=1)
    b, n = following.shape
    return torch.stack([(outputs - following[i]).square().mean() for i in range(b)]).mean()
