# feedback: a list with
def count_dead_units(net, x):
    count = 0
    for module in net:
        x = module(x)
        if isinstance(module, nn.ReLU):
            count += int((x == 0).all(dim=0).sum())
    return count
