# feedback: is wrong
def hit_rate(probabilities, labels):
    guesses = probabilities.reshape(-1) > 0.0
    return (guesses == labels.reshape(-1)).float().mean().item()
