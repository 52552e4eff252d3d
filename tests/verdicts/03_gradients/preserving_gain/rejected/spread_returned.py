# feedback: spread of the outputs
def preserving_gain(activation):
    z = torch.randn(1_000_000)
    out = activation(z)
    return out.std().item()
