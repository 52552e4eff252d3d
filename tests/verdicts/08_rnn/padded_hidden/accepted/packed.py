def padded_hidden(outputs, lengths):
    packed = pack_padded_sequence(outputs, lengths, batch_first=True, enforce_sorted=False)
    back, n = pad_packed_sequence(packed, batch_first=True)
    return back[range(len(n)), n - 1]
