# feedback: factor 2 is missing
def init_scale(scheme, fan_in, fan_out):
    variance = 2 / fan_in if scheme == "he" else 1 / (fan_in + fan_out)
    std = math.sqrt(variance)
    return std, math.sqrt(3) * std
