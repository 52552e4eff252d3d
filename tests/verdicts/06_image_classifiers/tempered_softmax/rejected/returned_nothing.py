# feedback: None | `return` is missing
def tempered_softmax(scores, temperature):
    z = scores / temperature
    z.softmax(1), z.log_softmax(1)
