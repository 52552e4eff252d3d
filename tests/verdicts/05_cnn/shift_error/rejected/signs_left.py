# feedback: negative differences do not count
def shift_error(layer, x, shift):
    before = layer(torch.roll(x, shift, dims=3))
    after = torch.roll(layer(x), shift, dims=3)
    return (before - after).amax(dim=(0, 1, 2))
