def activation_slope(name, z):
    a = z.numpy().astype("float64")
    with np.errstate(over="ignore"):
        if name == "sigmoid":
            s = 1 / (1 + np.exp(-a))
            out = s * (1 - s)
        elif name == "tanh":
            out = 1 - np.tanh(a) ** 2
        else:
            out = np.ones_like(a)
            out[a <= 0] = {"relu": 0.0, "leaky_relu": 0.01}.get(name, 0.0)
            if name == "elu":
                out[a <= 0] = np.exp(a[a <= 0])
    return torch.tensor(out, dtype=torch.float32)
