# feedback: overwritten
def conv_gradients(x, weight, grad_output):
    h, w = weight.shape[-2:]
    gx, gw = torch.zeros(x.shape), torch.zeros(weight.shape)
    for i in range(grad_output.shape[2]):
        for j in range(grad_output.shape[3]):
            g = grad_output[:, :, i, j]
            gx[:, :, i : i + h, j : j + w] = torch.tensordot(g, weight, dims=1)
            gw += torch.tensordot(g.T, x[:, :, i : i + h, j : j + w], dims=1)
    return gx, gw, grad_output.sum(dim=(0, 2, 3))
