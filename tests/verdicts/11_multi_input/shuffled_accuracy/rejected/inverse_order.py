# feedback: turned around
def shuffled_accuracy(model, inputs, labels, which, order):
    changed = list(inputs)
    changed[which] = torch.empty_like(inputs[which]); changed[which][order] = inputs[which]
    with torch.no_grad():
        return (model(*changed).argmax(dim=1) == labels).float().mean().item()
