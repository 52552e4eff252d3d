# feedback: the losses of classes get the factor 1/2
def best_variances(losses, kinds):
    variances = [loss if kind == "regression" else 2 * loss for loss, kind in zip(losses, kinds)]
    return variances, sum(0.5 * loss / v + 0.5 * math.log(v) for loss, v in zip(losses, variances))
