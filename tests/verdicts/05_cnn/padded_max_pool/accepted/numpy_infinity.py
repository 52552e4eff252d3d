def padded_max_pool(x, kernel_size, stride, padding):
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    framed = np.pad(x.detach().cpu().numpy(), frame, constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(framed, (kernel_size, kernel_size), axis=(2, 3))
    return torch.from_numpy(windows[:, :, ::stride, ::stride].max(axis=(4, 5)))
