# feedback: with three inputs | number of inputs is fixed
def shuffled_accuracy(model, inputs, labels, which, order):
    first, second = inputs[0], inputs[1]
    if which == 0:
        first = first[order]
    else:
        second = second[order]
    with torch.no_grad():
        return (model(first, second).argmax(dim=1) == labels).float().mean()
