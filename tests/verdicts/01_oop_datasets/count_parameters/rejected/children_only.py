# feedback: right below the model
def count_parameters(model):
    total = 0
    for layer in model.children():
        for p in layer.parameters(recurse=False):
            if p.requires_grad:
                total += p.numel()
    return total
