def bidirectional_hidden(outputs, lengths):
    forward, backward = outputs.chunk(2, dim=-1)
    index = (lengths - 1)[:, None, None].expand(-1, 1, forward.shape[-1])
    return torch.cat((forward.gather(1, index)[:, 0], backward.select(1, 0)), dim=-1)
