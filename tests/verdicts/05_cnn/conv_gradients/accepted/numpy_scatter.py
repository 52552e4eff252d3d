def conv_gradients(x, weight, grad_output):
    a, k, g = (t.detach().cpu().numpy() for t in (x, weight, grad_output))
    height, width = g.shape[2:]
    grad_x, grad_k = np.zeros_like(a), np.zeros_like(k)
    for m, n in np.ndindex(*k.shape[2:]):
        place = (slice(None), slice(None), slice(m, m + height), slice(n, n + width))
        grad_x[place] += np.einsum("boij,oc->bcij", g, k[:, :, m, n])
        grad_k[:, :, m, n] = np.einsum("boij,bcij->oc", g, a[place])
    return tuple(torch.from_numpy(result) for result in (grad_x, grad_k, g.sum(axis=(0, 2, 3))))
