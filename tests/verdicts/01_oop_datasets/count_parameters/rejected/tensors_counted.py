# feedback: the tensors are counted
def count_parameters(model):
    return len(list(model.parameters()))
