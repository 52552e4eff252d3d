def skill_per_step(forecast, baseline, targets):
    """1 minus the ratio of mean absolute errors, for each step ahead: (steps,)."""
    both = torch.stack([forecast, baseline]) - targets
    model_error, baseline_error = torch.linalg.vector_norm(both, ord=1, dim=1)
    return (baseline_error - model_error) / baseline_error
