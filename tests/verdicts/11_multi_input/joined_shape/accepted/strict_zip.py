def joined_shape(shapes, dim):
    result = []
    position = range(len(shapes[0]))[dim]
    for axis, lengths in enumerate(zip(*zip(*zip(*shapes, strict=True), strict=True), strict=True)):
        if axis == position:
            result.append(sum(lengths))
        else:
            (length,) = set(lengths)  # more than one value to unpack is a ValueError, too
            result.append(length)
    return tuple(result)
