# feedback: uniform instead of standard normal
def preserving_gain(activation):
    z = 2 * torch.rand(1_000_000) - 1
    out = activation(z)
    return 1 / out.square().mean().sqrt().item()
