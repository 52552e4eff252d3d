# feedback: counted from the end
def padded_hidden(outputs, lengths):
    return outputs[torch.arange(len(outputs)), -lengths]
