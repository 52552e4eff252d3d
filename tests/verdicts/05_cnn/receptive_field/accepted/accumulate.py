def receptive_field(layers):
    from itertools import accumulate
    from operator import mul

    jumps = accumulate((stride for _, stride in layers), mul, initial=1)
    return 1 + sum((kernel - 1) * jump for (kernel, _), jump in zip(layers, jumps))
