def joined_shape(shapes, dim):
    out = []
    d = dim if dim >= 0 else len(shapes[0]) + dim
    for s in shapes:
        if len(s) != len(shapes[0]):
            raise ValueError("not the same number of axes")
    for axis, sizes in enumerate(zip(*shapes)):
        if axis == d:
            out.append(sum(sizes))
        elif max(sizes) != min(sizes):
            raise ValueError("axis %d differs" % axis)
        else:
            out.append(sizes[0])
    return out
