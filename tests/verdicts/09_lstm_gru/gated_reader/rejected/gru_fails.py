# feedback: raised
class GatedReader:
    def __init__(self, layer):
        self.layer, self.h, self.c = layer, None, None

    def read(self, piece):
        state = None if self.h is None else (self.h, self.c)
        out, (self.h, self.c) = self.layer(piece, state)
        return out

    def reset(self):
        self.h = self.c = None
