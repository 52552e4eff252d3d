def steady_scores(model, x):
    import copy

    twin = copy.deepcopy(model).eval()
    return torch.special.expit(twin(x).detach()).flatten()
