def rotate_by_hand(image, degrees):
    a = image.numpy()
    _, h, w = a.shape
    i, j = np.indices((h, w))
    z = (j - (w - 1) / 2 + 1j * ((h - 1) / 2 - i)) * np.exp(-1j * np.deg2rad(degrees))
    row, column = np.rint((h - 1) / 2 - z.imag).astype(int), np.rint(z.real + (w - 1) / 2).astype(int)
    result = np.zeros_like(a)
    ok = (row >= 0) & (row < h) & (column >= 0) & (column < w)
    result[:, ok] = a[:, row[ok], column[ok]]
    return torch.from_numpy(result)
