class GatedReader(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer, self.pieces = layer, []

    def read(self, piece):
        self.pieces.append(piece)
        return self.layer(torch.cat(self.pieces, dim=1))[0][:, -piece.shape[1] :]

    def reset(self):
        self.pieces.clear()
