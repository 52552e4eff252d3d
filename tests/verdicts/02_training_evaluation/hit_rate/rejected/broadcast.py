# feedback: broadcast to (N, N)
def hit_rate(probabilities, labels):
    guesses = probabilities > 0.5
    return (guesses == labels).float().mean().item()
