# feedback: another
def preserving_gain(activation):
    return math.sqrt(2)
