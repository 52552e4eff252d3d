# feedback: raised RuntimeError | ValueError
def joined_shape(shapes, dim):
    return tuple(torch.cat([torch.zeros(s) for s in shapes], dim).shape)
