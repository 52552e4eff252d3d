# feedback: first step of the padding
def padded_hidden(outputs, lengths):
    return outputs[torch.arange(len(outputs)), lengths.clamp(max=outputs.shape[1] - 1)]
