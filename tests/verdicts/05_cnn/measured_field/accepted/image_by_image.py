def measured_field(model, images):
    top = left = 10**6
    bottom = right = -1
    for image in images:
        image = image[None].clone().requires_grad_()
        out = model(image)
        middle = out[0, :, out.shape[2] // 2, out.shape[3] // 2]
        for number in range(len(middle)):
            (g,) = torch.autograd.grad(middle[number], image, retain_graph=True)
            places = (g[0] != 0).any(0).nonzero()
            if len(places) == 0:
                continue
            top, left = min(top, places[:, 0].min().item()), min(left, places[:, 1].min().item())
            bottom, right = max(bottom, places[:, 0].max().item()), max(right, places[:, 1].max().item())
    return bottom - top + 1, right - left + 1
