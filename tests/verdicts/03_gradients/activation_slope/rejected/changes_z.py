# feedback: changed by the call
def activation_slope(name, z):
    if name == "sigmoid":
        z.sigmoid_()
        return z * (1 - z)
    f = {"tanh": torch.tanh}.get(name) or getattr(nn.functional, name)
    z = z.detach().clone().requires_grad_(True)
    f(z).sum().backward()
    return z.grad
