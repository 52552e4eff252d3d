# feedback: adds up to 1, not each row
def tempered_softmax(scores, temperature):
    z = scores / temperature
    return z.softmax(0), z.log_softmax(0)
