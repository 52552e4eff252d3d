# feedback: every row with every length
def padded_hidden(outputs, lengths):
    return outputs[:, lengths - 1]
