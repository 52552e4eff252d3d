# feedback: removed the axis of the steps
def every_step_loss(outputs, windows, targets):
    following = torch.cat([windows[:, 1:], targets.unsqueeze(1)], dim=1)
    return (outputs.squeeze() - following).square().mean()
