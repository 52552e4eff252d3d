# feedback: decisions
def steady_scores(model, x):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        scores = (model(x) > 0).float().squeeze(1)
    [setattr(m, 'training', t) for m, t in modes]
    return scores
