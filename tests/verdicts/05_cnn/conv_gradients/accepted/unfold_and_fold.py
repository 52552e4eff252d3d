def conv_gradients(x, weight, grad_output):
    kernel = tuple(weight.shape[2:])
    columns = nn.functional.unfold(x, kernel)
    g = grad_output.flatten(2)
    grad_weight = torch.einsum("bol,bkl->ok", g, columns).view_as(weight)
    grad_x = nn.functional.fold(weight.flatten(1).T @ g, x.shape[2:], kernel)
    return [grad_x, grad_weight, g.sum(2).sum(0)]
