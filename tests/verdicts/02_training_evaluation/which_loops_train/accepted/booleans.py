def which_loops_train():
    return {"A": True, "B": False, "C": True, "D": False, "E": True}
