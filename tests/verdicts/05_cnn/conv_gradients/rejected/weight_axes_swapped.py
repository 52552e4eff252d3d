# feedback: filters and input channels are swapped
def conv_gradients(x, weight, grad_output):
    rows, columns = weight.shape[2:]
    frame = (columns - 1, columns - 1, rows - 1, rows - 1)
    grad_x = nn.functional.conv2d(nn.functional.pad(grad_output, frame), weight.flip(2, 3).transpose(0, 1))
    grad_weight = nn.functional.conv2d(x.transpose(0, 1), grad_output.transpose(0, 1))
    grad_bias = grad_output.sum(dim=(0, 2, 3))
    return grad_x, grad_weight, grad_bias
