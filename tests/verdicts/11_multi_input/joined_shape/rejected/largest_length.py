# feedback: add the lengths of all
def joined_shape(shapes, dim):
    n = len(shapes[0])
    for s in shapes[1:]:
        if len(s) != n or any(a != b for k, (a, b) in enumerate(zip(s, shapes[0])) if k != dim % n):
            raise ValueError("no")

    r = list(shapes[0])
    r[dim] = max(s[dim] for s in shapes)
    return tuple(r)
