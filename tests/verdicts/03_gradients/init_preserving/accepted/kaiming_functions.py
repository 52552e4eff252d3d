def init_preserving(net):
    before = None
    for m in net:
        if isinstance(m, nn.Linear):
            nn.init.kaiming_uniform_(m.weight, nonlinearity="relu" if isinstance(before, nn.ReLU) else "linear")
            m.bias.data.fill_(0)
        before = m
    return net
