# feedback: the accuracy is rounded
def shuffled_accuracy(model, inputs, labels, which, order):
    given = list(inputs)
    given[which] = given[which][order]
    with torch.no_grad():
        right = (model(*given).argmax(dim=1) == labels).float().mean().item()
    return round(right, 2)
