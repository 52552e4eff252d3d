# feedback: oldest value is put behind
@torch.no_grad()
def recursive_forecast(model, windows, steps):
    out = []
    for _ in range(steps):
        out.append(model(windows.unsqueeze(-1)))
        windows = windows.roll(-1, dims=1)
    return torch.cat(out, dim=1)
