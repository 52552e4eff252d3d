def merge_linear(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    merged.load_state_dict({"weight": torch.mm(second.weight, first.weight), "bias": nn.functional.linear(first.bias, second.weight, second.bias)})
    return merged
