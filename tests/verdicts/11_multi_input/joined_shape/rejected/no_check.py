# feedback: Nothing was raised | axis 0 has two lengths
def joined_shape(shapes, dim):
    r = list(shapes[0])
    r[dim] = sum(s[dim] for s in shapes)
    return tuple(r)
