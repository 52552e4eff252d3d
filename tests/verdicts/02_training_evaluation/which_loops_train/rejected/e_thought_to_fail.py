# feedback: the forward pass does not touch
def which_loops_train():
    return {'A': 'trains', 'B': 'fails', 'C': 'trains', 'D': 'fails', 'E': 'fails'}
