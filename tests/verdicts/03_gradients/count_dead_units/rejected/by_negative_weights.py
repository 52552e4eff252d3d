# feedback: counts something else
def count_dead_units(net, x):
    counts = []
    for before, module in zip(net, net[1:]):
        if isinstance(module, nn.ReLU):
            counts.append(int((before.bias < 0).sum()))
    return counts
