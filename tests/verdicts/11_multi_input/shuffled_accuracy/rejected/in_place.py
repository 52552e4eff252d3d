# feedback: is changed by the call
def shuffled_accuracy(model, inputs, labels, which, order):
    changed = list(inputs)
    inputs[which].copy_(inputs[which][order])
    with torch.no_grad():
        return (model(*changed).argmax(dim=1) == labels).float().mean().item()
