def preserving_gain(activation):
    nodes, weights = np.polynomial.hermite_e.hermegauss(120)
    values = activation(torch.tensor(nodes, dtype=torch.float32)).numpy()
    return float(1 / np.sqrt((weights * values**2).sum() / np.sqrt(2 * np.pi)))
