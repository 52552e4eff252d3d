# feedback: one row
def steady_scores(model, x):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        scores = torch.sigmoid(model(x)).squeeze()
    [setattr(m, 'training', t) for m, t in modes]
    return scores
