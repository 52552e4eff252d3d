# feedback: only some kinds of layers
def count_parameters(model):
    total = 0
    for module in model.modules():
        if isinstance(module, nn.Linear) and module.weight.requires_grad:
            total += module.weight.numel() + module.bias.numel()
    return total
