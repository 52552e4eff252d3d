# feedback: gradients below 0 that do not count
def measured_field(model, images):
    images = images.clone().requires_grad_()
    out = model(images)
    out[:, :, out.shape[2] // 2, out.shape[3] // 2].sum().backward()
    seen = images.grad.amin(dim=(0, 1)) > 0
    rows, columns = torch.where(seen.any(1))[0], torch.where(seen.any(0))[0]
    if len(rows) == 0:
        return 1, 1
    return (rows[-1] - rows[0] + 1).item(), (columns[-1] - columns[0] + 1).item()
