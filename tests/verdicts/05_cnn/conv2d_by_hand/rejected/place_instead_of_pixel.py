# feedback: cut off at the edge
def conv2d_by_hand(x, weight, bias, stride=1, padding=0):
    x = nn.functional.pad(x, (padding, padding, padding, padding))
    rows, columns = weight.shape[2:]
    high = x.shape[2] - rows + 1 + stride
    wide = (x.shape[3] - columns) // stride + 1
    output = torch.zeros(x.shape[0], weight.shape[0], high, wide)
    for i in range(high):
        for j in range(wide):
            top, left = i, j
            patch = x[:, :, top : top + rows, left : left + columns]
            output[:, :, i, j] = torch.einsum("bcmn,ocmn->bo", patch, weight)
    return output + bias[:, None, None]
