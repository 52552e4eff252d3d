# feedback: layer `second` is changed
def merge_linear(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    merged.weight.data = second.weight.data @ first.weight.data
    second.bias.data += second.weight.data @ first.bias.data
    merged.bias.data = second.bias.data
    return merged
