# feedback: two readers share one state
class GatedReader:
    state = {}

    def __init__(self, layer):
        self.layer = layer

    def read(self, piece):
        with torch.no_grad():
            out, GatedReader.state["now"] = self.layer(piece, GatedReader.state.get("now"))
        return out

    def reset(self):
        GatedReader.state.clear()
