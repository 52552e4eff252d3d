# feedback: first step is read
def padded_hidden(outputs, lengths):
    return outputs[:, 0]
