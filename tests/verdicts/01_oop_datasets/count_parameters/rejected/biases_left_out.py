# feedback: biases are left out
def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad and p.ndim > 1)
