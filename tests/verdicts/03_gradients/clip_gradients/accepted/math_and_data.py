def clip_gradients(parameters, max_norm):
    parameters = tuple(parameters)
    squares = 0.0
    for p in parameters:
        if p.grad is None:
            continue
        squares += float((p.grad.data ** 2).sum())
    norm = math.sqrt(squares)
    if norm > max_norm:
        for p in parameters:
            if p.grad is not None:
                p.grad.data /= norm / max_norm
    return np.float64(norm)
