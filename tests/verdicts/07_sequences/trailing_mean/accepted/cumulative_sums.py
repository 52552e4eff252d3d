def trailing_mean(series, width):
    sums = torch.cat([torch.zeros(1), series]).double().cumsum(0)
    end = torch.arange(1, len(series) + 1)
    begin = (end - width).clamp(min=0)
    return ((sums[end] - sums[begin]) / (end - begin)).float()
