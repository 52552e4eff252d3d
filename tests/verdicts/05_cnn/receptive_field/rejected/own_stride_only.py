# feedback: its own stride alone
def receptive_field(layers):
    field = 1
    for k, s in layers:
        field += (k - 1) * s
    return field
