# feedback: cancel
def skill_per_step(forecast, baseline, targets):
    return 1 - (forecast - targets).mean(0) / (baseline - targets).mean(0)
