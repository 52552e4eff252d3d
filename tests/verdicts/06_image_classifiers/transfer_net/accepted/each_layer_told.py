def transfer_net(trained, num_classes):
    trained.requires_grad_(False).eval()
    net = nn.Sequential(*trained[:-1], nn.Linear(trained[-1].in_features, num_classes))
    for layer in net[:-1]:
        layer.train = lambda mode=True, layer=layer: layer
    return net
