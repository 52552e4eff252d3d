from fractions import Fraction


def constant_scores(counts, guess):
    p = Fraction(counts[guess], sum(counts))
    each = Fraction(1, len(counts))
    exact = {"accuracy": p, "macro recall": each, "macro precision": p * each, "macro f1": 2 * p / (1 + p) * each}
    exact |= {"weighted recall": p, "weighted precision": p * p}
    return {key: float(value) for key, value in exact.items()}
