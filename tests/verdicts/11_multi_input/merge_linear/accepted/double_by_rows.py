def merge_linear(first, second):
    merged = nn.utils.skip_init(
        nn.Linear, first.in_features, second.out_features, bias=True, dtype=first.weight.dtype, device=first.weight.device
    )
    w1, b1 = first.weight.detach().double(), first.bias.detach().double()
    with torch.no_grad():
        for k, (row, b) in enumerate(zip(second.weight.detach().double(), second.bias.detach().double(), strict=True)):
            merged.weight[k] = (row[:, None] * w1).sum(dim=0).to(first.weight.dtype)
            merged.bias[k] = (row.dot(b1) + b).to(first.weight.dtype)
    return merged
