def bidirectional_hidden(outputs, lengths):
    batch, time, both = outputs.shape
    split = outputs.view(batch, time, 2, both // 2)
    steps = torch.stack([lengths - 1, torch.zeros_like(lengths)], dim=1)
    return split[torch.arange(batch)[:, None], steps, torch.arange(2)].flatten(1)
