# feedback: has no bias
def merge_linear(first, second):
    merged = nn.Linear(first.in_features, second.out_features, bias=False)
    with torch.no_grad():
        merged.weight.copy_(second.weight @ first.weight)
    return merged
