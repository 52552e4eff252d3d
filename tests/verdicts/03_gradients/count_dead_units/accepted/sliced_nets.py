def count_dead_units(net, x):
    result = []
    for k in range(len(net)):
        if isinstance(net[k], nn.ReLU):
            out = net[: k + 1](x).detach().numpy()
            result.append(sum(1 for column in out.T if not column.any()))
    return tuple(result)
