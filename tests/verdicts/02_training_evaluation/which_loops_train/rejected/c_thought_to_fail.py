# feedback: empty for the next round
def which_loops_train():
    return {'A': 'trains', 'B': 'fails', 'C': 'fails', 'D': 'fails', 'E': 'trains'}
