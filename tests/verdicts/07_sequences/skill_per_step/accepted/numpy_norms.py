def skill_per_step(forecast, baseline, targets):
    f, b, t = forecast.numpy(), baseline.numpy(), targets.numpy()
    return torch.from_numpy(1 - np.linalg.norm(f - t, 1, axis=0) / np.linalg.norm(b - t, 1, axis=0))
