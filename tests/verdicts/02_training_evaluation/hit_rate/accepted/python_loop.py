def hit_rate(probabilities, labels):
    pairs = list(zip(probabilities.view(-1).tolist(), labels.view(-1).tolist()))
    return sum((p > 0.5) == (y == 1) for p, y in pairs) / len(pairs)
