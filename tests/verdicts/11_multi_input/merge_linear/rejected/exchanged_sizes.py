# feedback: inputs and outputs are exchanged
def merge_linear(first, second):
    merged = nn.Linear(second.out_features, first.in_features)
    with torch.no_grad():
        merged.weight.copy_((second.weight @ first.weight).T)
    return merged
