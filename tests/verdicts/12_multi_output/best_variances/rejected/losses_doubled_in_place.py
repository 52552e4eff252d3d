# feedback: changed by the call
def best_variances(losses, kinds):
    for k, kind in enumerate(kinds):
        if kind == "classes":
            losses[k] *= 2
    return list(losses), sum((1 + math.log(v)) / 2 for v in losses)
