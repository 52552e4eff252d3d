# feedback: batch normalization still uses | statistics
def steady_scores(model, x):
    modes = [(m, m.training) for m in model.modules()]
    [m.eval() for m in model.modules() if isinstance(m, nn.Dropout)]
    with torch.no_grad():
        scores = torch.sigmoid(model(x)).squeeze(1)
    [setattr(m, 'training', t) for m, t in modes]
    return scores
