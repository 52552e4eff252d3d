import math


def skill_per_step(forecast, baseline, targets):
    skills = []
    for f, b, y in zip(forecast.T, baseline.T, targets.T):
        model_error = math.fsum((f - y).abs().tolist())
        baseline_error = math.fsum((b - y).abs().tolist())
        skills.append(1 - model_error / baseline_error)
    return torch.tensor(skills, dtype=torch.float32)
