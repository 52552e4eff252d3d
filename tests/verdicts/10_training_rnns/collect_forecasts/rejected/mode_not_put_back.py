# feedback: not taken back
def collect_forecasts(model, loader):
    mode = model.training
    model.eval()
    forecasts, truth = [], []
    with torch.no_grad():
        for x, y in loader:
            forecasts.append(model(x.unsqueeze(-1)).squeeze(-1))
            truth.append(y)
    return torch.cat(forecasts), torch.cat(truth)
