# feedback: compared with the baseline
def skill_per_step(forecast, baseline, targets):
    return 1 - (forecast - baseline).abs().mean(0) / (baseline - targets).abs().mean(0)
