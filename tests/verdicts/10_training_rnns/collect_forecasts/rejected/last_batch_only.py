# feedback: only the last batch
def collect_forecasts(model, loader):
    mode = model.training
    model.eval()
    forecasts, truth = [], []
    with torch.no_grad():
        for x, y in loader:
            forecasts.append(model(x.unsqueeze(-1)).squeeze(-1))
            truth.append(y)
    model.train(mode)
    return forecasts[-1], truth[-1]
