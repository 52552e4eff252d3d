# feedback: switches everything on
def steady_scores(model, x):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        scores = torch.sigmoid(model(x)).squeeze(1)
    model.train()
    return scores
