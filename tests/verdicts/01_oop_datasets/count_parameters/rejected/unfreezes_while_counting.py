# feedback: changed by counting
def count_parameters(model):
    total = sum(p.numel() for p in model.parameters() if p.requires_grad)
    model.requires_grad_(True)
    return total
