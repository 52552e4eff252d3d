# feedback: IndexError | Dimension out of range
def hit_rate(probabilities, labels):
    guesses = probabilities.squeeze(2) > 0.5
    return (guesses == labels).float().mean().item()
