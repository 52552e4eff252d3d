def preserving_gain(activation):
    z = torch.linspace(-10, 10, 20001)
    density = torch.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    moment = torch.trapezoid(activation(z) ** 2 * density, z)
    return moment ** -0.5
