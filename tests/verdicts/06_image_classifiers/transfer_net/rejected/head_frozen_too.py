# feedback: no trainable parameter | freeze first
def transfer_net(trained, num_classes):
    net = copy.deepcopy(trained)
    net[-1] = nn.Linear(trained[-1].in_features, num_classes)
    return net.requires_grad_(False)
