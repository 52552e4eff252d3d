# feedback: axes are added
def count_parameters(model):
    return sum(sum(p.shape) for p in model.parameters() if p.requires_grad)
