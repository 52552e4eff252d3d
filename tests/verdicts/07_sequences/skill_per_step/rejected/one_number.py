# feedback: averaged over all steps
def skill_per_step(forecast, baseline, targets):
    return 1 - (forecast - targets).abs().mean() / (baseline - targets).abs().mean()
