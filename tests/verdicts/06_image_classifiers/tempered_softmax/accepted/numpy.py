def tempered_softmax(scores, temperature):
    z = scores.numpy().astype(np.float64) / temperature
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    total = e.sum(axis=1, keepdims=True)
    return torch.tensor(e / total, dtype=torch.float32), torch.tensor(z - np.log(total), dtype=torch.float32)
