# feedback: probabilities themselves
def hit_rate(probabilities, labels):
    guesses = probabilities.reshape(-1)
    return (guesses == labels.reshape(-1)).float().mean().item()
