# feedback: kernel sizes are multiplied
def receptive_field(layers):
    field = 1
    for k, s in layers:
        field *= k
    return field
