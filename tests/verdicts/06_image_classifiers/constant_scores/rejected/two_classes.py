# feedback: as if there were two classes
def constant_scores(counts, guess):
    p = counts[guess] / sum(counts)
    return {"accuracy": p, "macro recall": 1 / 2, "macro precision": p / 2, "macro f1": p / (1 + p), "weighted recall": p, "weighted precision": p * p}
