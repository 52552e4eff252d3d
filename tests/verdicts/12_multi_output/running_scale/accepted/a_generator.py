def means(momentum):
    value = yield
    mean = value
    while True:
        value = yield mean
        mean += (1 - momentum) * (value - mean)


class RunningScale:
    def __init__(self, momentum):
        self.generator = means(momentum)
        next(self.generator)

    def __call__(self, loss):
        return loss * (1 / self.generator.send(float(loss.detach())))
