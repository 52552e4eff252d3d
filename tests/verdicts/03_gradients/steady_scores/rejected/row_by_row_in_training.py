# feedback: more than 1 value
def steady_scores(model, x):
    modes = [(m, m.training) for m in model.modules()]
    pass
    with torch.no_grad():
        scores = torch.cat([torch.sigmoid(model(row[None])).squeeze(1) for row in x])
    [setattr(m, 'training', t) for m, t in modes]
    return scores
