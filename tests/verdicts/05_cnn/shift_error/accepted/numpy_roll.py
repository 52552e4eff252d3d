def shift_error(layer, x, shift):
    with torch.no_grad():
        a = layer(torch.from_numpy(np.roll(x.numpy(), shift, axis=-1))).numpy()
        b = np.roll(layer(x).numpy(), shift, axis=-1)
    return torch.tensor(np.abs(a - b).max(axis=(0, 1, 2)))
