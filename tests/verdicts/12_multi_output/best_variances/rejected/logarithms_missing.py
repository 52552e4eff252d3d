# feedback: logarithms are missing
def best_variances(losses, kinds):
    variances = [loss if kind == "regression" else 2 * loss for loss, kind in zip(losses, kinds)]
    return variances, sum(0.5 for v in variances)
