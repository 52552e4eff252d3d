# feedback: in eval mode | stays in eval mode
def steady_scores(model, x):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        scores = torch.sigmoid(model(x)).squeeze(1)
    pass
    return scores
