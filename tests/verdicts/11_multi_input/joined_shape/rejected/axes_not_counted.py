# feedback: Nothing was raised | two axes and the other three
def joined_shape(shapes, dim):
    first = list(shapes[0])
    dim %= len(first)
    for shape in shapes[1:]:
        for axis, (a, b) in enumerate(zip(first, shape)):
            if axis != dim and a != b:
                raise ValueError("lengths")
        first[dim] += shape[dim]
    return tuple(first)
