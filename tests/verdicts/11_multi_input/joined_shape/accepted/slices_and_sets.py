def joined_shape(shapes, dim):
    n = len(shapes[0])
    if {len(s) for s in shapes} != {n}:
        raise ValueError("axes")
    if dim < 0:
        dim += n
    rest = {s[:dim] + s[dim + 1 :] for s in shapes}
    if len(rest) > 1:
        raise ValueError("lengths")
    return shapes[0][:dim] + (sum(s[dim] for s in shapes),) + shapes[0][dim + 1 :]
