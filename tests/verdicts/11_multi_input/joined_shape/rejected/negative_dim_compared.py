# feedback: raised ValueError | your own `raise`
def joined_shape(shapes, dim):
    for s in shapes[1:]:
        if len(s) != len(shapes[0]):
            raise ValueError("axes")
        for k in range(len(s)):
            if k != dim and s[k] != shapes[0][k]:
                raise ValueError("lengths")
    r = list(shapes[0])
    r[dim] = sum(s[dim] for s in shapes)
    return tuple(r)
