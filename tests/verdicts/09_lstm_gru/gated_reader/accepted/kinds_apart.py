class GatedReader:
    def __init__(self, layer):
        self.layer = layer
        self.h = self.c = None

    def read(self, piece):
        if self.h is None:
            self.h = torch.zeros(self.layer.num_layers, piece.size(0), self.layer.hidden_size)
            self.c = self.h.clone()
        if isinstance(self.layer, nn.LSTM):
            out, (self.h, self.c) = self.layer(piece, (self.h, self.c))
        else:
            out, self.h = self.layer(piece, self.h)
        return out

    def reset(self):
        self.__init__(self.layer)
