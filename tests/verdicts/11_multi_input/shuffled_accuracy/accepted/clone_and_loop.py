def shuffled_accuracy(model, inputs, labels, which, order):
    copy = inputs[which].clone()
    for i in range(len(order)):
        copy[i] = inputs[which][order[i]]
    args = (*inputs[:which], copy, *inputs[which + 1 :])
    with torch.inference_mode():
        out = model(*args)
    return sum(int(a == b) for a, b in zip(out.argmax(1), labels)) / out.shape[0]
