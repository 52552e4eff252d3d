# feedback: after `net.train()` | not at rest
def transfer_net(trained, num_classes):
    net = copy.deepcopy(trained).requires_grad_(False).eval()
    net[-1] = nn.Linear(trained[-1].in_features, num_classes)
    return net
