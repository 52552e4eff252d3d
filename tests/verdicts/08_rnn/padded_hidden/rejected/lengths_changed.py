# feedback: changed by the call
def padded_hidden(outputs, lengths):
    lengths -= 1
    return outputs[torch.arange(len(outputs)), lengths]
