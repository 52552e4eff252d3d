# feedback: gave None
def hit_rate(probabilities, labels):
    guesses = probabilities.reshape(-1) > 0.5
    rate = (guesses == labels.reshape(-1)).float().mean().item()
