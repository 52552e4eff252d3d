# feedback: it is in kW
def rescaled_scores(scores, spread):
    return dict(scores)
