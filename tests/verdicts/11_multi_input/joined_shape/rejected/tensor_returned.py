# feedback: the joined tensor came instead of its shape
def joined_shape(shapes, dim):
    return torch.cat([torch.zeros(s) for s in shapes], dim)
