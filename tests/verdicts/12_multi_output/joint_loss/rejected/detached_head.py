# feedback: has the right value, but head 0
def joint_loss(outputs, targets, weights):
    total = 0
    for scores, target, weight in zip(outputs, targets, weights):
        total = total + weight * F.cross_entropy(scores if isinstance(total, torch.Tensor) or len(outputs) == 1 else scores.detach(), target)
    return total
