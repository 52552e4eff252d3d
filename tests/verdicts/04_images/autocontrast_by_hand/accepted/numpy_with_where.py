def autocontrast(image):
    a = image.numpy()
    low = a.min(axis=(-2, -1), keepdims=True)
    high = a.max(axis=(-2, -1), keepdims=True)
    spread = np.where(high > low, high - low, 1).astype(np.float32)
    shift = np.where(high > low, low, 0).astype(np.float32)
    return torch.from_numpy((a - shift) / spread)
