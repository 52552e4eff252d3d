def image_to_tensor(array):
    if array.ndim == 2:
        array = array[:, :, None]
    return torch.from_numpy(np.ascontiguousarray(array.transpose(2, 0, 1)).astype(np.float32) / 255)


def tensor_to_image(tensor):
    levels = np.rint(np.clip(tensor.numpy(), 0, 1) * 255).astype(np.uint8)
    return levels[0] if levels.shape[0] == 1 else np.moveaxis(levels, 0, -1)
