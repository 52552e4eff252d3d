def bidirectional_hidden(outputs, lengths):
    result = outputs[:, 0].clone()
    half = result.shape[1] // 2
    for i in range(len(result)):
        result[i, :half] = outputs[i, lengths[i] - 1, :half]
    return result
