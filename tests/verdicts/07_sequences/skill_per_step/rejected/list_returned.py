# feedback: a Python list is not a tensor
def skill_per_step(forecast, baseline, targets):
    return (1 - (forecast - targets).abs().mean(0) / (baseline - targets).abs().mean(0)).tolist()
