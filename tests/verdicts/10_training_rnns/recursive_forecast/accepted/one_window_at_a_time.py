def recursive_forecast(model, windows, steps):
    rows = []
    with torch.no_grad():
        for window in windows:
            values, length = window.tolist(), len(window)
            for _ in range(steps):
                x = torch.tensor(values[-length:]).view(1, -1, 1)
                values.append(model(x).item())
            rows.append(values[length:])
    return torch.tensor(rows)
