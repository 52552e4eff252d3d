def measured_field(model, images):
    images.requires_grad_(True)
    out = model(images)
    row, column = out.size(2) // 2, out.size(3) // 2
    out[:, :, row, column].abs().sum().backward()
    seen = images.grad.abs().sum(dim=(0, 1)).numpy() > 0
    rows, columns = np.where(seen)
    return [int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1]
