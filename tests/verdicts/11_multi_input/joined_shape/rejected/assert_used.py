# feedback: raised AssertionError
def joined_shape(shapes, dim):
    dim = dim % len(shapes[0])
    for shape in shapes:
        assert len(shape) == len(shapes[0])
        assert all(a == b for axis, (a, b) in enumerate(zip(shape, shapes[0])) if axis != dim)
    return tuple(sum(s[dim] for s in shapes) if axis == dim else n for axis, n in enumerate(shapes[0]))
