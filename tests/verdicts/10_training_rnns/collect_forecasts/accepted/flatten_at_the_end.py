def collect_forecasts(model, loader):
    was = model.training
    model.train(False)
    try:
        parts = [(model(forecast_inputs(x)).detach(), y) for x, y in loader]
    finally:
        model.train(was)
    return [torch.cat([p[i].flatten() for p in parts]) for i in range(2)]
