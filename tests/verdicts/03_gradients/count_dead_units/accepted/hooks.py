def count_dead_units(net, x):
    counts, handles = [], []
    for m in net.modules():
        if isinstance(m, nn.ReLU):
            handles.append(m.register_forward_hook(lambda m, i, out: counts.append((out.detach().amax(dim=0) <= 0).sum())))
    net(x)
    for h in handles:
        h.remove()
    return counts
