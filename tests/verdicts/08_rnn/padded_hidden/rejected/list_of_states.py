# feedback: list
def padded_hidden(outputs, lengths):
    return [row[n - 1] for row, n in zip(outputs, lengths)]
