def skill_per_step(forecast, baseline, targets):
    model, naive = (nn.functional.l1_loss(x, targets, reduction="none").sum(0) for x in (forecast, baseline))
    return (naive - model) / naive
