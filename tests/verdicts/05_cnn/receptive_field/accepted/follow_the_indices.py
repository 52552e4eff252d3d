def receptive_field(layers):
    first, last = 0, 0
    for k, s in layers[::-1]:
        first, last = first * s, last * s + k - 1
    return last - first + 1
