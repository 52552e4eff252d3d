# feedback: float32
def tempered_softmax(scores, temperature):
    z = scores.double() / temperature
    return z.softmax(1), z.log_softmax(1)
