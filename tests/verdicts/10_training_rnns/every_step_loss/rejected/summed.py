# feedback: are added, not averaged
def every_step_loss(outputs, windows, targets):
    following = torch.cat([windows[:, 1:], targets.unsqueeze(1)], dim=1)
    return (outputs.squeeze(-1) - following).square().sum()
