# feedback: kept with length 1
def skill_per_step(forecast, baseline, targets):
    error = (forecast - targets).abs().mean(0, keepdim=True)
    return 1 - error / (baseline - targets).abs().mean(0, keepdim=True)
