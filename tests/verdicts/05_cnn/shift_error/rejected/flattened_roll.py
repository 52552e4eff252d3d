# feedback: without an axis
def shift_error(layer, x, shift):
    before = layer(torch.roll(x, shift))
    after = torch.roll(layer(x), shift)
    return (before - after).abs().amax(dim=(0, 1, 2))
