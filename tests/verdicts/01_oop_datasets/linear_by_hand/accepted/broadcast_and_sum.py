linear_by_hand = lambda x, weight, bias: bias + torch.sum(x.unsqueeze(-2) * weight, -1)
