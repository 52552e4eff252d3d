def gru_step(x, h, W_ih, W_hh, b_ih, b_hh):
    import numpy as np

    x, h, W_ih, W_hh, b_ih, b_hh = (t.numpy() for t in (x, h, W_ih, W_hh, b_ih, b_hh))
    a, u = np.split(x @ W_ih.T + b_ih, 3, axis=1), np.split(h @ W_hh.T + b_hh, 3, axis=1)
    r, z = (1 / (1 + np.exp(-(a[k] + u[k]))) for k in (0, 1))
    n = np.tanh(a[2] + r * u[2])
    return torch.tensor((1 - z) * n + z * h, dtype=torch.float32)
