# feedback: 2 values
def best_variances(losses, kinds):
    variances = [loss if kind == "regression" else 2 * loss for loss, kind in zip(losses, kinds)]
    return torch.tensor(variances)
