def shuffled_accuracy(model, inputs, labels, which, order):
    part = inputs[which]
    index = order.reshape(-1, *[1] * (part.dim() - 1)).expand_as(part)
    given = [*inputs[:which], part.gather(0, index), *inputs[which + 1 :]]
    with torch.no_grad():
        guesses = model(*given).max(dim=1).indices
    return guesses.eq(labels).float().mean()
