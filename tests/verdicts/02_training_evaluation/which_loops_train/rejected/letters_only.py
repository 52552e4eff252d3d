# feedback: should be a dict
def which_loops_train():
    return "ACE"
