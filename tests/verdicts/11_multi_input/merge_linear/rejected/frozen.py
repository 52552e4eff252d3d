# feedback: is frozen afterwards | `requires_grad` was turned off
def merge_linear(first, second):
    first.requires_grad_(False)
    second.requires_grad_(False)
    merged = nn.Linear(first.in_features, second.out_features)
    merged.weight.data = second.weight @ first.weight
    merged.bias.data = second.weight @ first.bias + second.bias
    return merged
