# feedback: axis of the time
def padded_hidden(outputs, lengths):
    return torch.stack([row[n - 1 : n] for row, n in zip(outputs, lengths.tolist())])
