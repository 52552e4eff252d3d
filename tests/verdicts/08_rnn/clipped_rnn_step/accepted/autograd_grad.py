def clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm):
    import math

    parameters = list(rnn.parameters()) + list(head.parameters())
    loss = nn.functional.mse_loss(head(rnn(inputs)[0])[:, -1], targets)
    grads = torch.autograd.grad(loss, parameters)
    norm = math.sqrt(sum(float((g * g).sum()) for g in grads))
    for p, g in zip(parameters, grads):
        p.grad = g * (max_norm / (norm + 1e-6)) if norm + 1e-6 > max_norm else g
    optimizer.step()
    return norm
