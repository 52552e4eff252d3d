def hit_rate(probabilities, labels):
    return np.mean((probabilities.numpy().ravel() > 0.5) == labels.numpy().ravel())
