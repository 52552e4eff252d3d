# feedback: sign is turned around
def skill_per_step(forecast, baseline, targets):
    return (forecast - targets).abs().mean(0) / (baseline - targets).abs().mean(0) - 1
