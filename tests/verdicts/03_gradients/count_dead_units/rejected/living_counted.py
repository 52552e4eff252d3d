# feedback: living units
def count_dead_units(net, x):
    counts = []
    with torch.no_grad():
        for module in net:
            x = module(x)
            if isinstance(module, nn.ReLU):
                counts.append(int((x > 0).any(dim=0).sum()))
    return counts
