# feedback: exactly 0.5 counts as label 1
def hit_rate(probabilities, labels):
    guesses = probabilities.reshape(-1) >= 0.5
    return (guesses == labels.reshape(-1)).float().mean().item()
