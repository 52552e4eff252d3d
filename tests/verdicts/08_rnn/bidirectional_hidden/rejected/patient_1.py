# feedback: single step
def bidirectional_hidden(outputs, lengths):
    return outputs[torch.arange(len(outputs)), lengths - 1]
