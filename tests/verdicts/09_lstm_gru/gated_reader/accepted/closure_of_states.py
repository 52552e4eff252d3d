class GatedReader:
    def __init__(self, layer):
        self.layer = layer
        self.reset()

    def reset(self):
        self.memory = ()

    def read(self, piece):
        out, state = self.layer(piece, *self.memory)
        detached = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        self.memory = (detached,)
        return out.detach()
