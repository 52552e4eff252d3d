def conv_gradients(x, weight, grad_output):
    h, w = weight.shape[-2:]
    gx, gw, gb = torch.zeros(x.shape), torch.zeros(weight.shape), torch.zeros(len(weight))
    for i in range(grad_output.shape[2]):
        for j in range(grad_output.shape[3]):
            g = grad_output[:, :, i, j]
            gx[:, :, i : i + h, j : j + w] += torch.tensordot(g, weight, dims=1)
            gw += torch.tensordot(g.T, x[:, :, i : i + h, j : j + w], dims=1)
            gb += g.sum(0)
    return gx, gw, gb
