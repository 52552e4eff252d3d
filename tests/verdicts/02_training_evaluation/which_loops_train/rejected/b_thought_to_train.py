# feedback: what happened between `backward()` and `step()`
def which_loops_train():
    return {'A': 'trains', 'B': 'trains', 'C': 'trains', 'D': 'fails', 'E': 'trains'}
