def padded_hidden(outputs, lengths):
    return outputs[torch.arange(1, outputs.shape[1] + 1).unsqueeze(0) == lengths.unsqueeze(1)]
