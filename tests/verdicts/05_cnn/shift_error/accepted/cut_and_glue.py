def shift_error(layer, x, shift):
    def turn(t):
        cut = t.shape[3] - shift % t.shape[3]
        return torch.cat((t[:, :, :, cut:], t[:, :, :, :cut]), dim=3)

    difference = layer(turn(x)) - turn(layer(x))
    return difference.movedim(3, 0).flatten(1).abs().max(dim=1).values
