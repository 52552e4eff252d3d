# feedback: both inputs are shuffled
def shuffled_accuracy(model, inputs, labels, which, order):
    changed = list(inputs)
    changed = [x[order] for x in inputs]
    with torch.no_grad():
        return (model(*changed).argmax(dim=1) == labels).float().mean().item()
