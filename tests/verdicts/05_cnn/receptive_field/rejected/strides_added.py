# feedback: strides are added up
def receptive_field(layers):
    field, jump = 1, 1
    for k, s in layers:
        field += (k - 1) * jump
        jump += s - 1
    return field
