# feedback: differences are averaged
def shift_error(layer, x, shift):
    before = layer(torch.roll(x, shift, dims=3))
    after = torch.roll(layer(x), shift, dims=3)
    return (before - after).abs().mean(dim=(0, 1, 2))
