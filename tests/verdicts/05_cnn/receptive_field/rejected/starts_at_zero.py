# feedback: pixel itself is not counted
def receptive_field(layers):
    field, jump = 0, 1
    for k, s in layers:
        field += (k - 1) * jump
        jump *= s
    return field
