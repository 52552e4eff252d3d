# feedback: most rows
def count_dead_units(net, x):
    counts = []
    with torch.no_grad():
        for module in net:
            x = module(x)
            if isinstance(module, nn.ReLU):
                counts.append(int(((x == 0).float().mean(dim=0) > 0.5).sum()))
    return counts
