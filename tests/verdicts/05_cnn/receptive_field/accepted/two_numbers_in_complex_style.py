from functools import reduce


def receptive_field(layers):
    return reduce(lambda state, layer: (state[0] + (layer[0] - 1) * state[1], state[1] * layer[1]), layers, (1, 1))[0]
