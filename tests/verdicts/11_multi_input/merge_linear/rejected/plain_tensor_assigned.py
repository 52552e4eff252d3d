# feedback: cannot assign
def merge_linear(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    merged.weight = second.weight @ first.weight
    merged.bias = second.weight @ first.bias + second.bias
    return merged
