# feedback: no prediction for 2 of the 5 keys
def which_loops_train():
    return {"A": "trains", "C": "trains", "E": "trains"}
