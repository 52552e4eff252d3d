def linear_by_hand(x, weight, bias):
    outputs = [(x * row).sum(dim=-1) + shift for row, shift in zip(weight, bias)]
    return torch.stack(outputs, dim=-1)
