# feedback: share of dead units
def count_dead_units(net, x):
    counts = []
    with torch.no_grad():
        for module in net:
            x = module(x)
            if isinstance(module, nn.ReLU):
                counts.append((x == 0).all(dim=0).float().mean().item())
    return counts
