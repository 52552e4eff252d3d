# feedback: several values
def hit_rate(probabilities, labels):
    guesses = probabilities.reshape(-1) > 0.5
    return (guesses == labels.reshape(-1)).float()
