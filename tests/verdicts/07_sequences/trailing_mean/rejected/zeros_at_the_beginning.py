# feedback: zeros stand in
def trailing_mean(series, width):
    return torch.cat([torch.zeros(width - 1), series]).unfold(0, width, 1).mean(dim=1)
