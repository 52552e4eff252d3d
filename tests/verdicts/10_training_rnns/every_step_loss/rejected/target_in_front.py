# feedback: put in front of the window
def every_step_loss(outputs, windows, targets):
    following = torch.cat([targets.unsqueeze(1), windows[:, 1:]], dim=1)
    return (outputs.squeeze(-1) - following).square().mean()
