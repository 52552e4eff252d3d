class GatedReader:
    def __init__(self, layer):
        self.layer = layer
        self.reset()

    def _run(self):
        state, out = None, None
        while True:
            piece = yield out
            with torch.no_grad():
                out, state = self.layer(piece, state)

    def read(self, piece):
        return self.running.send(piece)

    def reset(self):
        self.running = self._run()
        next(self.running)
