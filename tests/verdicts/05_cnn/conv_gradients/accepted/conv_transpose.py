def conv_gradients(x, weight, grad_output):
    windows = x.unfold(2, grad_output.shape[2], 1).unfold(3, grad_output.shape[3], 1)
    return (
        nn.functional.conv_transpose2d(grad_output, weight),
        torch.einsum("bcmnij,boij->ocmn", windows, grad_output),
        torch.einsum("boij->o", grad_output),
    )
