# feedback: shuffled_accuracy
def shuffled_accuracy(model, inputs, labels, which, order):
    changed = list(inputs)
    changed[which - 1] = inputs[which - 1][order]
    with torch.no_grad():
        return (model(*changed).argmax(dim=1) == labels).float().mean().item()
