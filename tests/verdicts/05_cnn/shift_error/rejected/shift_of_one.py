# feedback: shift of 1 is written into the code
def shift_error(layer, x, shift):
    before = layer(torch.roll(x, 1, dims=3))
    after = torch.roll(layer(x), 1, dims=3)
    return (before - after).abs().amax(dim=(0, 1, 2))
