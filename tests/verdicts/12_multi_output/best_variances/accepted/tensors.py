def best_variances(losses, kinds):
    c = torch.tensor([0.5 if kind == "regression" else 1.0 for kind in kinds], dtype=torch.float64)
    loss = torch.tensor(losses, dtype=torch.float64)
    variance = 2 * c * loss
    return variance, (c / variance * loss + variance.sqrt().log()).sum()
