# feedback: second moment itself
def preserving_gain(activation):
    z = torch.randn(1_000_000)
    out = activation(z)
    return out.square().mean().item()
