from collections import namedtuple
from statistics import geometric_mean

Settled = namedtuple("Settled", "variances total")


def best_variances(losses, kinds):
    variances = [loss if kind == "regression" else loss + loss for loss, kind in zip(losses, kinds, strict=True)]
    return Settled(variances, len(variances) / 2 * (1 + math.log(geometric_mean(variances))))
