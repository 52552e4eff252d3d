# feedback: After `reset()`
class GatedReader:
    def __init__(self, layer):
        self.layer = layer
        self.state = None

    def read(self, piece):
        with torch.no_grad():
            out, self.state = self.layer(piece, self.state)
        return out

    def reset(self):
        if isinstance(self.state, tuple):
            self.state = tuple(torch.zeros_like(s) for s in self.state)
        else:
            self.state = torch.zeros_like(self.state)
