def rotate_by_hand(image, degrees):
    _, h, w = image.shape
    t = math.radians(degrees)
    theta = torch.tensor([[math.cos(t), -math.sin(t) * h / w, 0], [math.sin(t) * w / h, math.cos(t), 0]])
    grid = torch.nn.functional.affine_grid(theta[None].float(), [1, *image.shape], align_corners=False)
    return torch.nn.functional.grid_sample(image[None], grid, mode="nearest", align_corners=False)[0]
