# feedback: gradient graph
def steady_scores(model, x):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    if True:
        scores = torch.sigmoid(model(x)).squeeze(1)
    [setattr(m, 'training', t) for m, t in modes]
    return scores
