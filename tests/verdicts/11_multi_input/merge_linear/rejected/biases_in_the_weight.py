# feedback: biases are in the weight
def merge_linear(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        merged.weight.copy_(second(first(torch.eye(first.in_features))).T)
        merged.bias.copy_(second(first.bias))
    return merged
