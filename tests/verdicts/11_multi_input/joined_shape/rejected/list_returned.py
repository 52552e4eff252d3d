# feedback: a list came
def joined_shape(shapes, dim):
    first = list(shapes[0])
    dim = dim % len(first)
    for shape in shapes:
        if len(shape) != len(first):
            raise ValueError("another number of axes")
        if any(a != b for axis, (a, b) in enumerate(zip(first, shape)) if axis != dim):
            raise ValueError("another length")
    first[dim] = sum(shape[dim] for shape in shapes)
    return first
