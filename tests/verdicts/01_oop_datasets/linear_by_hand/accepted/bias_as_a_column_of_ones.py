def linear_by_hand(x, weight, bias):
    longer = torch.cat([x, torch.ones(*x.shape[:-1], 1)], dim=-1)
    table = torch.cat((weight, bias.unsqueeze(1)), dim=1)
    return torch.tensordot(longer, table, dims=([-1], [1]))
