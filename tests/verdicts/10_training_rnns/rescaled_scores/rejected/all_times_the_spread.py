# feedback: it is in kW²
def rescaled_scores(scores, spread):
    return {k: v * spread for k, v in scores.items()}
