# feedback: first forecast is missing
@torch.no_grad()
def recursive_forecast(model, windows, steps):
    out = []
    for _ in range(steps):
        windows = torch.cat([windows[:, 1:], model(windows.unsqueeze(-1))], dim=1)
        out.append(model(windows.unsqueeze(-1)))
    return torch.cat(out, dim=1)
