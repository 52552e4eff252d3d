# feedback: ratios are averaged
def skill_per_step(forecast, baseline, targets):
    return 1 - ((forecast - targets).abs() / (baseline - targets).abs()).mean(0)
