# feedback: root of 3 is meant
def init_scale(scheme, fan_in, fan_out):
    variance = 2 / fan_in if scheme == "he" else 2 / (fan_in + fan_out)
    std = math.sqrt(variance)
    return std, 3 * std
