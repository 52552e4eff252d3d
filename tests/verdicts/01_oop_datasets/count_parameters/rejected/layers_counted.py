# feedback: layers are counted
def count_parameters(model):
    return sum(1 for layer in model.children() if list(layer.parameters()))
