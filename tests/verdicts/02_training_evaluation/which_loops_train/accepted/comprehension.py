def which_loops_train():
    return {name: "fails" if name in "BD" else "trains" for name in "ABCDE"}
