# feedback: dict
def constant_scores(counts, guess):
    p, k = counts[guess] / sum(counts), len(counts)
    return p, 1 / k, p / k, 2 * p / (1 + p) / k, p, p * p
