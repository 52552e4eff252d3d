# feedback: `fan_out` is used
def init_scale(scheme, fan_in, fan_out):
    variance = 2 / fan_out if scheme == "he" else 2 / (fan_in + fan_out)
    std = math.sqrt(variance)
    return std, math.sqrt(3) * std
