# feedback: total at variances of 1
def best_variances(losses, kinds):
    variances = [loss if kind == "regression" else 2 * loss for loss, kind in zip(losses, kinds)]
    return variances, sum((0.5 if kind == "regression" else 1.0) * loss for loss, kind in zip(losses, kinds))
