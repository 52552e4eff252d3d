# feedback: layer `second` is changed
def merge_linear(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        merged.weight.copy_(second.weight @ first.weight)
        merged.bias.copy_(second.bias.add_(second.weight @ first.bias))
    return merged
