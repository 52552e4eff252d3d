# feedback: does not take the nearest level
def image_to_tensor(array):
    return TF.to_dtype(TF.to_image(array), torch.float32, scale=True)


def tensor_to_image(tensor):
    return np.array(TF.to_pil_image(TF.to_dtype(tensor.clamp(0, 1), torch.uint8, scale=True)))
