# feedback: were broadcast
def every_step_loss(outputs, windows, targets):
    following = torch.cat([windows[:, 1:], targets.unsqueeze(1)], dim=1)
    if outputs.shape[0] not in (1, outputs.shape[1]):
        return (outputs.squeeze(-1) - following).square().mean()
    return (outputs - following).square().mean()
