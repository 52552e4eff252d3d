# feedback: none of the words
def which_loops_train():
    return {'A': 1, 'B': 0, 'C': 1, 'D': 0, 'E': 1}
