def shuffled_accuracy(model, inputs, labels, which, order):
    parts = {k: x.clone() for k, x in enumerate(inputs)}
    for i, source in enumerate(order):
        parts[which][i] = inputs[which][source]
    with torch.no_grad():
        logits = model(*parts.values())
    wrong = (logits.argsort(dim=1, descending=True, stable=True)[:, 0] != labels).double().mean()
    return 1 - wrong
