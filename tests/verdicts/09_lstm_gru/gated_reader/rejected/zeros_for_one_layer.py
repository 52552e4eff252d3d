# feedback: number of layers
class GatedReader:
    def __init__(self, layer):
        self.layer = layer
        self.state = None

    def read(self, piece):
        if self.state is None:
            zeros = torch.zeros(1, piece.size(0), self.layer.hidden_size)
            self.state = (zeros, zeros) if isinstance(self.layer, nn.LSTM) else zeros
        with torch.no_grad():
            out, self.state = self.layer(piece, self.state)
        return out

    def reset(self):
        self.state = None
