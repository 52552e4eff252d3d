# feedback: state after the first one
class GatedReader:
    def __init__(self, layer):
        self.layer = layer
        self.state = None

    def read(self, piece):
        with torch.no_grad():
            out, state = self.layer(piece, self.state)
            self.state = self.state or state if isinstance(state, tuple) else state
        return out

    def reset(self):
        self.state = None
