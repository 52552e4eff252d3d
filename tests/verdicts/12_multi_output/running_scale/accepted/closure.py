class RunningScale:
    def __init__(self, momentum):
        state = {}

        def update(value):
            previous = state.setdefault("mean", value)
            state["mean"] = momentum * previous + (1 - momentum) * value
            return state["mean"]

        self.update = update

    def __call__(self, loss):
        return loss / self.update(loss.detach().clone())
