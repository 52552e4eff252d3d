# feedback: other input is shuffled
def shuffled_accuracy(model, inputs, labels, which, order):
    changed = list(inputs)
    changed[1 - which] = inputs[1 - which][order]
    with torch.no_grad():
        return (model(*changed).argmax(dim=1) == labels).float().mean().item()
