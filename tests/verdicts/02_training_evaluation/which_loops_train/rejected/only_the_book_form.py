# feedback: 2 of 5 predictions are wrong
def which_loops_train():
    return {'A': 'trains', 'B': 'fails', 'C': 'fails', 'D': 'fails', 'E': 'fails'}
