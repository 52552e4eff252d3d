# feedback: changes the model
class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.best, self.bad, self.state = patience, float("inf"), 0, None

    def step(self, loss, model):
        if loss < self.best:
            self.best, self.bad = loss, 0
            self.state = copy.deepcopy(model.state_dict())
        else:
            self.bad += 1
            model.load_state_dict(self.state)
        return self.bad >= self.patience

    def restore(self, model):
        model.load_state_dict(self.state)
