def mape_percent(forecasts, targets, least):
    parts = [abs(f - y) / abs(y) for f, y in zip(forecasts.tolist(), targets.tolist(), strict=True) if abs(y) >= least]
    return 100 * sum(parts) / len(parts) if parts else math_nan()


def math_nan():
    return float("nan")
