def shuffled_accuracy(model, inputs, labels, which, order):
    right = 0
    for rows in torch.arange(len(labels)).split(50):
        parts = []
        for k in range(len(inputs)):
            parts.append(inputs[k][order[rows]] if k == which else inputs[k][rows])
        right += (model(*parts).argmax(-1) == labels[rows]).sum().item()
    return right / len(labels)
