def forward_by_hand(x, layers):
    (weight, bias), *rest = layers
    z = torch.einsum("bi,oi->bo", x, weight) + bias
    return forward_by_hand(z * (z > 0), rest) if rest else 1 / (1 + (-z).exp())
