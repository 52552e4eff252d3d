# feedback: where it starts
def bidirectional_hidden(outputs, lengths):
    half = outputs.shape[2] // 2
    rows, end = torch.arange(len(outputs)), lengths - 1
    forward, backward = outputs[:, :, :half], outputs[:, :, half:]
    return torch.cat([forward[:, 0], backward[rows, end]], dim=1)
