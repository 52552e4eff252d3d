# feedback: leaves a layer as it was
def init_preserving(net):
    gain = 1.0
    for m in net[:-1]:
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=gain / math.sqrt(m.in_features))
            nn.init.zeros_(m.bias)
            gain = 1.0
        else:
            gain = math.sqrt(2)
