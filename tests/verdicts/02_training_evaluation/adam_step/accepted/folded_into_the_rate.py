def adam_step(parameter, gradient, m, v, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    one, two = betas
    m = torch.lerp(gradient, m, one)
    v = v * two + gradient * gradient * (1 - two)
    root = (v / (1 - two**step)) ** 0.5
    return parameter - (lr / (1 - one**step)) * (m / (root + eps)), m, v
