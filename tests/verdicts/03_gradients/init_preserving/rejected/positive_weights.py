# feedback: mean is not 0
def init_preserving(net):
    modules = list(net)
    for i, m in enumerate(modules):
        if isinstance(m, nn.Linear):
            before = i > 0 and isinstance(modules[i - 1], nn.ReLU)
            after = i + 1 < len(modules) and isinstance(modules[i + 1], nn.ReLU)
            nn.init.uniform_(m.weight, 0, 2 * math.sqrt(3 * (2 if before else 1) / m.in_features))
            nn.init.zeros_(m.bias)
