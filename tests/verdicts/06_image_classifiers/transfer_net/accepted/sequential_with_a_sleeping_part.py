class Asleep(nn.Sequential):
    def train(self, mode=True):
        return super().train(False)


def transfer_net(trained, num_classes):
    layers = list(copy.deepcopy(trained).children())
    head = nn.Linear(layers.pop().in_features, num_classes)
    body = Asleep(*layers).eval()
    for parameter in body.parameters():
        parameter.requires_grad_(False)
    return nn.Sequential(body, head)
