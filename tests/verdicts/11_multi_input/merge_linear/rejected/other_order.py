# feedback: shapes cannot be multiplied
def merge_linear(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        merged.weight.copy_(first.weight @ second.weight)
        merged.bias.copy_(second.weight @ first.bias + second.bias)
    return merged
