def conv2d_by_hand(x, weight, bias, stride=1, padding=0):
    b, c, h, w = x.shape
    o, _, kh, kw = weight.shape
    columns = nn.functional.unfold(x, (kh, kw), padding=padding, stride=stride)
    out = weight.reshape(o, -1) @ columns + bias[:, None]
    return out.reshape(b, o, (h + 2 * padding - kh) // stride + 1, -1)
