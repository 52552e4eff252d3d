# feedback: root mean squared
def skill_per_step(forecast, baseline, targets):
    model = nn.functional.mse_loss(forecast, targets, reduction="none").mean(0).sqrt()
    return 1 - model / nn.functional.mse_loss(baseline, targets, reduction="none").mean(0).sqrt()
