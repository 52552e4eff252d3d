# feedback: who emptied it, and who filled it
def which_loops_train():
    return {'A': 'fails', 'B': 'fails', 'C': 'trains', 'D': 'fails', 'E': 'trains'}
