# feedback: random weights of its own
def conv2d_by_hand(x, weight, bias, stride=1, padding=0):
    conv = nn.Conv2d(x.shape[1], weight.shape[0], weight.shape[2:], stride, padding)
    return conv(x)
