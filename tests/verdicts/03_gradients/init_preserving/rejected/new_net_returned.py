# feedback: leaves the net as it was
def init_preserving(net):
    layers, gain = [], 1.0
    for m in net:
        if isinstance(m, nn.Linear):
            new = nn.Linear(m.in_features, m.out_features)
            nn.init.normal_(new.weight, std=gain / math.sqrt(m.in_features))
            nn.init.zeros_(new.bias)
            layers.append(new)
            gain = 1.0
        else:
            layers.append(m)
            gain = math.sqrt(2)
    return nn.Sequential(*layers)
