def padded_max_pool(x, kernel_size, stride, padding):
    framed = torch.full((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding), float(x.min()))
    framed[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    return max_pool(framed, kernel_size, stride)
