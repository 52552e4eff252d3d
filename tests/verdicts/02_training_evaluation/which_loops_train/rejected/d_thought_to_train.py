# feedback: adds to what `.grad` holds
def which_loops_train():
    return {'A': 'trains', 'B': 'fails', 'C': 'trains', 'D': 'trains', 'E': 'trains'}
