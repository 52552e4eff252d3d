# feedback: `reshape` (or `view`) | scrambled
def image_to_tensor(array):
    tensor = torch.tensor(array, dtype=torch.float32) / 255
    return tensor.reshape(-1, *array.shape[:2])

def tensor_to_image(tensor):
    levels = (tensor * 255).clamp(0, 255).round().to(torch.uint8)
    return (levels[0] if len(levels) == 1 else levels.permute(1, 2, 0)).numpy()
