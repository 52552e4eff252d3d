# feedback: only the first image counts
def shift_error(layer, x, shift):
    before = layer(torch.roll(x, shift, dims=3))
    after = torch.roll(layer(x), shift, dims=3)
    return (before - after)[0].abs().amax(dim=(0, 1))
