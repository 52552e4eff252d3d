# feedback: leaves the net in eval mode
def count_dead_units(net, x):
    net.eval()
    counts, h = [], x.clone()
    with torch.no_grad():
        for module in net:
            h = module(h)
            if isinstance(module, nn.ReLU):
                counts.append(int((h == 0).all(dim=0).sum()))
    return counts
