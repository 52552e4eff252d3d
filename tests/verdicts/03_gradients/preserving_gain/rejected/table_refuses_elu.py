# feedback: not in it
def preserving_gain(activation):
    name = type(activation).__name__.lower()
    if name == "leakyrelu":
        return nn.init.calculate_gain("leaky_relu", activation.negative_slope)
    if name == "tanh":
        return 1.5925
    if name == "sigmoid":
        return 1.846
    return nn.init.calculate_gain({"identity": "linear"}.get(name, name))
