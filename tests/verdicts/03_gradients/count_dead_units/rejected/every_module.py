# feedback: every module
def count_dead_units(net, x):
    counts = []
    with torch.no_grad():
        for module in net:
            x = module(x)
            if isinstance(module, nn.Module):
                counts.append(int((x == 0).all(dim=0).sum()))
    return counts
