# feedback: cause
def skill_per_step(forecast, baseline, targets):
    return 1 - (forecast - targets).sum(0).abs() / (baseline - targets).sum(0).abs()
