# feedback: runs in the order of the input
def receptive_field(layers):
    field = 1
    for k, s in layers:
        field = (field - 1) * s + k
    return field
