# feedback: None
def constant_scores(counts, guess):
    p, k = counts[guess] / sum(counts), len(counts)
    answer = {"accuracy": p, "macro recall": 1 / k, "macro precision": p / k, "macro f1": 2 * p / (1 + p) / k, "weighted recall": p, "weighted precision": p * p}
