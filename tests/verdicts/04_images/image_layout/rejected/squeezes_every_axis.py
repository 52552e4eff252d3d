# feedback: removes every axis of length 1
def image_to_tensor(array):
    tensor = torch.tensor(array, dtype=torch.float32) / 255
    return tensor[None] if tensor.ndim == 2 else tensor.permute(2, 0, 1)


def tensor_to_image(tensor):
    levels = (tensor.clamp(0, 1) * 255).round().to(torch.uint8)
    if levels.shape[0] == 1:
        return levels.squeeze().numpy()
    return levels.permute(1, 2, 0).numpy()
