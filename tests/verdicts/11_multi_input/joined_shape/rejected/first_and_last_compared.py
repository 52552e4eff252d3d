# feedback: Nothing was raised
def joined_shape(shapes, dim):
    a, b = shapes[0], shapes[-1]
    d = dim % len(a)
    if len(a) != len(b) or any(x != y for k, (x, y) in enumerate(zip(a, b)) if k != d):
        raise ValueError("no")
    r = list(a)
    r[d] = sum(s[d] for s in shapes)
    return tuple(r)
