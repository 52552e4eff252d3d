# feedback: shared layer is counted twice
def count_parameters(model):
    if not isinstance(model, nn.Sequential):
        return sum(p.numel() for p in model.parameters() if p.requires_grad)
    return sum(count_parameters(layer) for layer in model)
