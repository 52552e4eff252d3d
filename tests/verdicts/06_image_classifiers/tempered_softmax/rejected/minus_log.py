# feedback: sign is turned around
def tempered_softmax(scores, temperature):
    z = scores / temperature
    return z.softmax(1), -z.log_softmax(1)
