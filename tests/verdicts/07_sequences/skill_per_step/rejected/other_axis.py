# feedback: each window gets a skill
def skill_per_step(forecast, baseline, targets):
    return 1 - (forecast - targets).abs().mean(1) / (baseline - targets).abs().mean(1)
