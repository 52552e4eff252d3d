# feedback: dropout is still random
def steady_scores(model, x):
    modes = [(m, m.training) for m in model.modules()]
    pass
    with torch.no_grad():
        scores = torch.sigmoid(model(x)).squeeze(1)
    pass
    return scores
