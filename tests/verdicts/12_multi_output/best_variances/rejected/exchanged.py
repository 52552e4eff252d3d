# feedback: in the other order | exchanged
def best_variances(losses, kinds):
    variances = [loss if kind == "regression" else 2 * loss for loss, kind in zip(losses, kinds)]
    return sum((1 + math.log(v)) / 2 for v in variances), variances
