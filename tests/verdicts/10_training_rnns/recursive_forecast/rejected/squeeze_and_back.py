# feedback: for a single window the batch is one of them
@torch.no_grad()
def recursive_forecast(model, windows, steps):
    window, out = windows.clone(), []
    for _ in range(steps):
        y = model(window.unsqueeze(-1)).squeeze()
        window = torch.cat([window[:, 1:], y.unsqueeze(1)], dim=1)
        out.append(y)
    return torch.stack(out, dim=1)
