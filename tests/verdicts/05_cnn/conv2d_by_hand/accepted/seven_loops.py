def conv2d_by_hand(x, weight, bias, stride=1, padding=0):
    b, c, h, w = x.shape
    o, _, kh, kw = weight.shape
    framed = torch.zeros(b, c, h + 2 * padding, w + 2 * padding)
    framed[:, :, padding : padding + h, padding : padding + w] = x
    high, wide = (h + 2 * padding - kh) // stride + 1, (w + 2 * padding - kw) // stride + 1
    out = torch.empty(b, o, high, wide)
    for image in range(b):
        for number in range(o):
            for i in range(high):
                for j in range(wide):
                    total = bias[number].item()
                    for channel in range(c):
                        patch = framed[image, channel, i * stride : i * stride + kh, j * stride : j * stride + kw]
                        total += (patch * weight[number, channel]).sum().item()
                    out[image, number, i, j] = total
    return out
