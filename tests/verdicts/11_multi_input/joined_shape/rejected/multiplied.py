# feedback: are multiplied
def joined_shape(shapes, dim):
    result = list(shapes[0])
    dim %= len(result)
    for shape in shapes[1:]:
        if len(shape) != len(result):
            raise ValueError("axes")
        for axis in range(len(shape)):
            if axis != dim and shape[axis] != result[axis]:
                raise ValueError("lengths")
        result[dim] *= shape[dim]
    return tuple(result)
