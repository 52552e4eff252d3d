from collections import Counter


@torch.inference_mode()
def accuracy_per_head(model, loader):
    mode = model.training
    model.eval()
    cases = Counter()
    for x, a, c in loader:
        said_a, said_c = (scores.max(dim=1)[1] for scores in model(x))
        cases.update(zip((said_a == a).tolist(), (said_c == c).tolist()))
    model.train(mode)
    n = sum(cases.values())
    return {
        "alphabet": (cases[True, True] + cases[True, False]) / n,
        "character": (cases[True, True] + cases[False, True]) / n,
        "both": cases[True, True] / n,
    }
