@torch.no_grad()
def steady_scores(model, x):
    modes = {name: m.training for name, m in model.named_modules()}
    try:
        return 1 / (1 + torch.exp(-model.eval()(x)[:, 0]))
    finally:
        for name, m in model.named_modules():
            m.training = modes[name]
