import io


class EarlyStopping:
    def __init__(self, patience):
        self.left = self.patience = patience
        self.best = None

    def step(self, loss, model):
        self.left -= 1
        if self.best is None or loss < self.best:
            self.best, self.left = loss, self.patience
            self.file = io.BytesIO()
            torch.save(model.state_dict(), self.file)
        return self.left <= 0

    def restore(self, model):
        self.file.seek(0)
        model.load_state_dict(torch.load(self.file))
