def bidirectional_hidden(outputs, lengths):
    is_forward = torch.arange(outputs.shape[-1]) < outputs.shape[-1] // 2
    return torch.where(is_forward, padded_hidden(outputs, lengths), outputs.select(1, 0))
