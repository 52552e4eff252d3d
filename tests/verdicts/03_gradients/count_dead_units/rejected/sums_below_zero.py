# feedback: a sum of exactly 0
def count_dead_units(net, x):
    counts, h = [], x.clone()
    with torch.no_grad():
        for module in net:
            if isinstance(module, nn.ReLU):
                counts.append(int((h < 0).all(dim=0).sum()))
            h = module(h)
    return counts
