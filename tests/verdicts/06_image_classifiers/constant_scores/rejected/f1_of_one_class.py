# feedback: F1 of one class
def constant_scores(counts, guess):
    p, k = counts[guess] / sum(counts), len(counts)
    return {"accuracy": p, "macro recall": 1 / k, "macro precision": p / k, "macro f1": 2 * p / (1 + p), "weighted recall": p, "weighted precision": p * p}
