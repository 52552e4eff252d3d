def transfer_net(trained, num_classes):
    net = copy.deepcopy(trained)
    width = net[-1].weight.shape[1]
    for parameter in net.parameters():
        parameter.requires_grad_(False)
    net[-1] = nn.Linear(width, num_classes)
    net.eval()
    for layer in net[:-1]:
        layer.train = lambda mode=True, layer=layer: layer
    return net
