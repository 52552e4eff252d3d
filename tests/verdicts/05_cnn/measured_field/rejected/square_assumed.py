# feedback: taken for the other one too
def measured_field(model, images):
    images = images.clone().requires_grad_()
    out = model(images)
    out[:, :, out.shape[2] // 2, out.shape[3] // 2].sum().backward()
    rows = torch.where((images.grad != 0).any(0).any(0).any(1))[0]
    side = int(rows[-1] - rows[0]) + 1
    return side, side
