# feedback: axis of the images is still there
def shift_error(layer, x, shift):
    before = layer(torch.roll(x, shift, dims=3))
    after = torch.roll(layer(x), shift, dims=3)
    return (before - after).abs().amax(dim=(1, 2))
