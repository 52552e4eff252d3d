def recursive_forecast(model, windows, steps):
    length = windows.shape[1]
    path = windows.clone()
    with torch.inference_mode():
        for _ in range(steps):
            path = torch.hstack([path, model(path[:, -length:, None])])
    return path[:, length:].clone()
