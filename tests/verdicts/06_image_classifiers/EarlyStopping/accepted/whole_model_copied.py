class EarlyStopping:
    best, wait, twin = math.inf, 0, None

    def __init__(self, patience):
        self.patience = patience

    def step(self, loss, model):
        if loss < self.best:
            self.best, self.wait, self.twin = loss, 0, copy.deepcopy(model)
            return False
        self.wait += 1
        return self.wait == self.patience

    def restore(self, model):
        with torch.no_grad():
            for mine, kept in zip(model.state_dict().values(), self.twin.state_dict().values(), strict=True):
                mine.copy_(kept)
