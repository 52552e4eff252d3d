# feedback: leaves the net as it was | copy
def init_preserving(net):
    modules = list(net)
    for i, m in enumerate(modules):
        if isinstance(m, nn.Linear):
            before = i > 0 and isinstance(modules[i - 1], nn.ReLU)
            after = i + 1 < len(modules) and isinstance(modules[i + 1], nn.ReLU)
            nn.init.normal_(m.weight.clone(), std=0.1)
            nn.init.zeros_(m.bias.clone())
