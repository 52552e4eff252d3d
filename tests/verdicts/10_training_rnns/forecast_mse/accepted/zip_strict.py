def forecast_mse(outputs, targets):
    # zip with strict raises the ValueError
    squares = [(f - y) ** 2 for f, y in zip(outputs.flatten(), targets.flatten(), strict=True)]
    return sum(squares) / len(squares)
