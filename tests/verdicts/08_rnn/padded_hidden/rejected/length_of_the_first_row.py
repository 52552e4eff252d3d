# feedback: the length of the first row
def padded_hidden(outputs, lengths):
    return outputs[:, lengths[0] - 1]
