# feedback: 2 of 5 predictions are wrong
def which_loops_train():
    return {'A': 'trains', 'B': 'trains', 'C': 'trains', 'D': 'trains', 'E': 'trains'}
