# feedback: that was passed in is changed
def tempered_softmax(scores, temperature):
    scores /= temperature
    return scores.softmax(1), scores.log_softmax(1)
