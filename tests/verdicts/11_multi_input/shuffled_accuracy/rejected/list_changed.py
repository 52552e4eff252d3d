# feedback: list `inputs` that was passed in is changed
def shuffled_accuracy(model, inputs, labels, which, order):
    inputs[which] = inputs[which][order]
    with torch.no_grad():
        guesses = model(*inputs).argmax(dim=1)
    return (guesses == labels).float().mean().item()
