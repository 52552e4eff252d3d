# feedback: as if that stood in front
def bidirectional_hidden(outputs, lengths):
    half = outputs.shape[2] // 2
    rows = torch.arange(len(outputs))
    return torch.cat([outputs[rows, lengths - 1, :half], outputs[rows, outputs.shape[1] - lengths, half:]], dim=1)
