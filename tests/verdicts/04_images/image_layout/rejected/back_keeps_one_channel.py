# feedback: single channel keeps an axis
def image_to_tensor(array):
    tensor = torch.tensor(array, dtype=torch.float32) / 255
    return tensor[None] if tensor.ndim == 2 else tensor.permute(2, 0, 1)

def tensor_to_image(tensor):
    return (tensor * 255).clamp(0, 255).round().to(torch.uint8).permute(1, 2, 0).numpy()
