class Shape(nn.Sequential):
    pass


sizes = [9, 16, 8, 1]


def sequential_net(relu=nn.ReLU()):
    net = Shape()
    for place, (a, b) in enumerate(zip(sizes, sizes[1:])):
        net.append(nn.Linear(in_features=a, out_features=b))
        net.append(relu if place < 2 else nn.Sigmoid())
    return net
