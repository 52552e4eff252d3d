# feedback: broadcast to (N, N)
def hit_rate(probabilities, labels):
    guesses = probabilities.reshape(-1) > 0.5
    return (guesses == labels).float().mean().item()
