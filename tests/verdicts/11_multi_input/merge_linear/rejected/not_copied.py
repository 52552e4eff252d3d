# feedback: merged.weight` has wrong values
def merge_linear(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    weight = second.weight @ first.weight
    bias = second.weight @ first.bias + second.bias
    return merged
