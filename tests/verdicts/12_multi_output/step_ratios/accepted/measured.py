def step_ratios(factor):
    def first(make, scale):
        w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
        optimizer = make([w])
        (scale * 50 * w.sum()).backward()
        optimizer.step()
        return abs(w.item())

    found = {}
    for name, make in {
        "Adam": torch.optim.Adam,
        "RMSprop": torch.optim.RMSprop,
        "Adagrad": torch.optim.Adagrad,
        "SGD": lambda p: torch.optim.SGD(p, lr=0.1),
        "SGD with momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.8),
    }.items():
        found[name] = first(make, factor) / first(make, 1.0)
    return found
