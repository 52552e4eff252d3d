# feedback: softmax
def steady_scores(model, x):
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    with torch.no_grad():
        scores = torch.softmax(model(x), dim=1).squeeze(1)
    [setattr(m, 'training', t) for m, t in modes]
    return scores
