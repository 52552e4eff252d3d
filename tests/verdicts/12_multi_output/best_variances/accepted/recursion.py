def best_variances(losses, kinds):
    if not losses:
        return [], 0.0
    rest, total = best_variances(losses[1:], kinds[1:])
    variance = {"regression": 1.0, "classes": 2.0}[kinds[0]] * losses[0]
    return [variance] + rest, 0.5 * (1.0 + math.log(variance)) + total
