def count_parameters(model):
    seen = {}
    for module in model.modules():
        for parameter in module.parameters(recurse=False):
            seen[id(parameter)] = parameter.nelement() * parameter.requires_grad
    return np.sum(list(seen.values()), dtype=np.int64)
