@torch.no_grad()
def count_dead_units(net, x):
    counts = torch.zeros(0, dtype=torch.int64)
    for layer in net.children():
        x = layer(x)
        if type(layer) is nn.ReLU:
            counts = torch.cat([counts, (~(x > 0).any(0)).sum().view(1)])
    return counts
