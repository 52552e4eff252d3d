def collect_forecasts(model, loader):
    frozen = copy.deepcopy(model).eval().requires_grad_(False)
    rows = [torch.stack([frozen(forecast_inputs(x)).view(-1), y]) for x, y in loader]
    both = torch.cat(rows, dim=1)
    return both[0], both[1]
