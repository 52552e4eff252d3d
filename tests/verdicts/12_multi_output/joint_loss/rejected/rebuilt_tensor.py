# feedback: without a way back
def joint_loss(outputs, targets, weights):
    losses = torch.tensor([F.cross_entropy(o, t) for o, t in zip(outputs, targets)])
    return (losses * torch.tensor(weights)).sum()
