# feedback: is rounded
def constant_scores(counts, guess):
    p, K = counts[guess] / sum(counts), len(counts)
    d = {"accuracy": p, "macro recall": 1 / K, "macro precision": p / K, "macro f1": 2 * p / (1 + p) / K, "weighted recall": p, "weighted precision": p * p}
    return {key: round(value, 2) for key, value in d.items()}
