# feedback: output of the image in place is not shifted
def shift_error(layer, x, shift):
    before = layer(torch.roll(x, shift, dims=3))
    after = layer(x)
    return (before - after).abs().amax(dim=(0, 1, 2))
