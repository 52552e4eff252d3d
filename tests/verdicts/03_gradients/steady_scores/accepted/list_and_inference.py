def steady_scores(model, x):
    switched_on = [m for m in model.modules() if m.training]
    for m in switched_on:
        m.training = False
    with torch.no_grad():
        logits = model(x)
    for m in switched_on:
        m.training = True
    return logits.sigmoid().reshape(len(x))
