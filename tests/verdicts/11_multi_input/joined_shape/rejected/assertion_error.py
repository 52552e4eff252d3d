# feedback: an `assert` raises
def joined_shape(shapes, dim):
    first = shapes[0]
    dim = dim % len(first)
    for shape in shapes:
        assert len(shape) == len(first), "another number of axes"
        assert all(a == b for axis, (a, b) in enumerate(zip(first, shape)) if axis != dim), "another length"
    return tuple(sum(s[dim] for s in shapes) if axis == dim else first[axis] for axis in range(len(first)))
