def merge_linear(first, second):
    with torch.no_grad():
        zero = torch.zeros(1, first.in_features)
        bias = second(first(zero))
        columns = second(first(torch.eye(first.in_features))) - bias
        layer = nn.Linear(first.in_features, second.out_features)
        layer.weight[:] = columns.T
        layer.bias[:] = bias[0]
    return layer
