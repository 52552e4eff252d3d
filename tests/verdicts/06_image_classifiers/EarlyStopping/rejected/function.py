# feedback: should be a class
def EarlyStopping(patience):
    from types import SimpleNamespace

    memory = {"best": None, "bad": 0, "state": None}

    def step(loss, model):
        if memory["best"] is None or loss < memory["best"]:
            memory.update(best=loss, bad=0, state=copy.deepcopy(model.state_dict()))
        else:
            memory["bad"] += 1
        return memory["bad"] >= patience

    return SimpleNamespace(step=step, restore=lambda model: model.load_state_dict(memory["state"]))
