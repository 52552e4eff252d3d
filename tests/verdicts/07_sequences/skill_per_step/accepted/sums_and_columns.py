def skill_per_step(forecast, baseline, targets):
    result = []
    for k in range(targets.shape[1]):
        wrong = torch.abs(forecast[:, k] - targets[:, k]).sum()
        result.append(1 - (wrong / torch.abs(baseline[:, k] - targets[:, k]).sum()).item())
    return torch.tensor(result)
