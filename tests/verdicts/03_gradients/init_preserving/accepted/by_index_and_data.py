def init_preserving(net):
    for i in range(len(net)):
        if not hasattr(net[i], "weight"):
            continue
        out_features, fan_in = net[i].weight.shape
        gain = 2 if i > 0 and isinstance(net[i - 1], nn.ReLU) else 1
        bound = (3 * gain / fan_in) ** 0.5
        net[i].weight.data = (torch.rand(out_features, fan_in) * 2 - 1) * bound
        net[i].bias.data = torch.zeros(out_features)
