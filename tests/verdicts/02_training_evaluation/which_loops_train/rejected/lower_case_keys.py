# feedback: no prediction for 5 of the 5 keys | spelled differently
def which_loops_train():
    return {"a": "trains", "b": "fails", "c": "trains", "d": "fails", "e": "trains"}
