# feedback: divided by the temperature, not the scores
def tempered_softmax(scores, temperature):
    p = scores.softmax(1) / temperature
    return p, scores.log_softmax(1) - math.log(temperature)
