class EarlyStopping(object):
    def __init__(self, patience):
        self.losses, self.patience = [], patience

    def step(self, loss, model):
        if not self.losses or loss < min(self.losses):
            self.kept = {name: value.detach().clone() for name, value in model.state_dict().items()}
        self.losses.append(loss)
        return len(self.losses) - 1 - int(np.argmin(self.losses)) >= self.patience

    def restore(self, model):
        return model.load_state_dict(self.kept)
