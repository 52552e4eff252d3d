# feedback: always saying the largest class
def constant_scores(counts, guess):
    p, k = max(counts) / sum(counts), len(counts)
    return {"accuracy": p, "macro recall": 1 / k, "macro precision": p / k, "macro f1": 2 * p / (1 + p) / k, "weighted recall": p, "weighted precision": p * p}
