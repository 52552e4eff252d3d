# feedback: weights of the model are changed
def count_dead_units(net, x):
    counts = []
    with torch.no_grad():
        for module in net:
            x = module(x)
            if isinstance(module, nn.ReLU):
                counts.append(int((x == 0).all(dim=0).sum()))
        for module in net:
            if isinstance(module, nn.Linear):
                module.bias.clamp_(min=0)
    return counts
