# feedback: do not alternate
def bidirectional_hidden(outputs, lengths):
    half = outputs.shape[2] // 2
    rows, end = torch.arange(len(outputs)), lengths - 1
    forward, backward = outputs[:, :, :half], outputs[:, :, half:]
    return torch.cat([outputs[rows, end, ::2], outputs[:, 0, 1::2]], dim=1)
