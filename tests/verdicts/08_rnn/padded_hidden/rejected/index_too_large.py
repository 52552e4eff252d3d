# feedback: index n - 1
def padded_hidden(outputs, lengths):
    return outputs[torch.arange(len(outputs)), lengths]
