def conv2d_by_hand(x, weight, bias, stride=1, padding=0):
    pixels, filters, offsets = (t.detach().cpu().numpy() for t in (x, weight, bias))
    framed = np.pad(pixels, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(framed, filters.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    result = np.tensordot(windows, filters, axes=((1, 4, 5), (1, 2, 3))) + offsets
    return torch.from_numpy(np.ascontiguousarray(result.transpose(0, 3, 1, 2)))
