# feedback: treated like a regression
def best_variances(losses, kinds):
    variances = [loss for loss, kind in zip(losses, kinds)]
    return variances, sum(0.5 + 0.5 * math.log(v) for v in variances)
