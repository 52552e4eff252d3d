# feedback: averaged
def padded_hidden(outputs, lengths):
    mask = (torch.arange(outputs.shape[1]) < lengths[:, None]).to(outputs.dtype)
    return (outputs * mask[:, :, None]).sum(1) / lengths[:, None]
