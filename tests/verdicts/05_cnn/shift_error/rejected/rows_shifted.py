# feedback: shifted up or down
def shift_error(layer, x, shift):
    before = layer(torch.roll(x, shift, dims=2))
    after = torch.roll(layer(x), shift, dims=2)
    return (before - after).abs().amax(dim=(0, 1, 2))
