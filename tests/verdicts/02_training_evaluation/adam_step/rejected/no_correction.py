# feedback: corrections for the start from zero are missing
def adam_step(parameter, gradient, m, v, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    m = betas[0] * m + (1 - betas[0]) * gradient
    v = betas[1] * v + (1 - betas[1]) * gradient**2
    m_hat = m / (1 - betas[0] ** step)
    v_hat = v / (1 - betas[1] ** step)
    return parameter - lr * m / (v.sqrt() + eps), m, v
