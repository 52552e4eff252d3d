# feedback: PyTorch's table
def preserving_gain(activation):
    name = type(activation).__name__.lower()
    if name == "leakyrelu":
        return nn.init.calculate_gain("leaky_relu", activation.negative_slope)
    return nn.init.calculate_gain({"identity": "linear"}.get(name, name))
