# feedback: standard deviation is
def init_preserving(net):
    gain = 1.0
    for m in net:
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=gain / math.sqrt(m.in_features))
            nn.init.zeros_(m.bias)
        else:
            gain = math.sqrt(2)
