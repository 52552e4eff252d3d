# feedback: changed by the call
def recursive_forecast(model, windows, steps):
    found = []
    with torch.no_grad():
        for _ in range(steps):
            value = model(windows.unsqueeze(-1))
            found.append(value)
            windows[:, :-1] = windows[:, 1:].clone()
            windows[:, -1:] = value
    return torch.cat(found, dim=1)
