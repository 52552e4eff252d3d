# feedback: last layer is left out
def receptive_field(layers):
    field, jump = 1, 1
    for number, (k, s) in enumerate(layers):
        if number == len(layers) - 1:
            break
        field += (k - 1) * jump
        jump *= s
    return field
