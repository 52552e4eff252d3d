# feedback: squared errors
def skill_per_step(forecast, baseline, targets):
    return 1 - (forecast - targets).square().mean(0) / (baseline - targets).square().mean(0)
