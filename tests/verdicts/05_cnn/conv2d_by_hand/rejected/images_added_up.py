# feedback: images of the batch are added up
def conv2d_by_hand(x, weight, bias, stride=1, padding=0):
    x = torch.nn.functional.pad(x, (padding,) * 4)
    h, w = weight.shape[2:]
    out = torch.zeros(len(x), len(weight), (x.shape[2] - h) // stride + 1, (x.shape[3] - w) // stride + 1)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            patch = x[:, :, i * stride : i * stride + h, j * stride : j * stride + w]
            for o in range(len(weight)):
                out[:, o, i, j] = (patch * weight[o]).sum() + bias[o]
    return out
