# feedback: also where a few rows wake them
def count_dead_units(net, x):
    counts, h = [], x.clone()
    with torch.no_grad():
        for module in net:
            h = module(h)
            if isinstance(module, nn.ReLU):
                counts.append(int(((h > 0).float().mean(dim=0) < 0.02).sum()))
    return counts
