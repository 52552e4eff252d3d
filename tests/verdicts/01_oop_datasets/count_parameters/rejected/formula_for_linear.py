# feedback: a formula is used
def count_parameters(model):
    return sum((m.in_features + 1) * m.out_features for m in model.modules() if isinstance(m, nn.Linear))
