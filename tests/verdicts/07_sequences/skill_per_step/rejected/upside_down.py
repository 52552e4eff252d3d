# feedback: upside down
def skill_per_step(forecast, baseline, targets):
    return 1 - (baseline - targets).abs().mean(0) / (forecast - targets).abs().mean(0)
