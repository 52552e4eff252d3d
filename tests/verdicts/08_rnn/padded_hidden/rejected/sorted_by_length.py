# feedback: another order
def padded_hidden(outputs, lengths):
    order = lengths.argsort(descending=True)
    return outputs[order, lengths[order] - 1]
