# feedback: labels are shuffled instead
def shuffled_accuracy(model, inputs, labels, which, order):
    changed = list(inputs)
    pass
    with torch.no_grad():
        return (model(*changed).argmax(dim=1) == labels[order]).double().mean().item()
