def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    p, g, t = (tensor.numpy() for tensor in (parameter, gradient, total))
    t = t + np.square(g)
    return torch.from_numpy(p - lr * g / (np.sqrt(t) + eps)), torch.from_numpy(t)
