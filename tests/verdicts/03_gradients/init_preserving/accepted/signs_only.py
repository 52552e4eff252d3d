def init_preserving(net):
    second_moment = 1.0
    for m in net:
        if isinstance(m, nn.Linear):
            size = 1 / (m.in_features * second_moment) ** 0.5
            signs = torch.randint(0, 2, m.weight.shape) * 2.0 - 1
            m.weight = nn.Parameter(size * signs)
            m.bias = nn.Parameter(torch.zeros(m.out_features))
            second_moment = 1.0
        else:
            second_moment = 0.5
