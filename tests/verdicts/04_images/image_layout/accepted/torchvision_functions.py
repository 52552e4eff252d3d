def image_to_tensor(array):
    return transforms.ToTensor()(array)


def tensor_to_image(tensor):
    return np.array(TF.to_pil_image((tensor.clamp(0, 1) * 255).round().byte()))
