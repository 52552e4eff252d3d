def joint_loss(outputs, targets, weights):
    terms = []
    for k in range(len(outputs)):
        own = outputs[k].gather(1, targets[k][:, None])[:, 0]
        terms.append(weights[k] * (torch.logsumexp(outputs[k], 1) - own).mean())
    return torch.stack(terms).sum()
