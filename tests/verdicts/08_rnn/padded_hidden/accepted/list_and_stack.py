def padded_hidden(outputs, lengths):
    return torch.stack([row[n - 1] for row, n in zip(outputs, lengths.tolist())])
