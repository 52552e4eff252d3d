# feedback: a dict
def step_ratios(factor):
    return [factor, factor, 1.0, 1.0, 1.0]
