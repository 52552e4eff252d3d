# feedback: a perfect forecast would get 0
def skill_per_step(forecast, baseline, targets):
    return (forecast - targets).abs().mean(0) / (baseline - targets).abs().mean(0)
