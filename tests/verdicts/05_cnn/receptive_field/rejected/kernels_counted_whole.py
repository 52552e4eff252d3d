# feedback: each kernel is counted whole
def receptive_field(layers):
    field, jump = 1, 1
    for k, s in layers:
        field += k * jump
        jump *= s
    return field
