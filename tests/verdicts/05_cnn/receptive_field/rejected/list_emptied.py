# feedback: list of layers | changed by the call
def receptive_field(layers):
    field = 1
    while layers:
        k, s = layers.pop()
        field = (field - 1) * s + k
    return field
