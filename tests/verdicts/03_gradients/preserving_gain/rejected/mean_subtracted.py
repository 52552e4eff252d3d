# feedback: mean is subtracted
def preserving_gain(activation):
    z = torch.randn(1_000_000)
    out = activation(z)
    return 1 / out.std().item()
