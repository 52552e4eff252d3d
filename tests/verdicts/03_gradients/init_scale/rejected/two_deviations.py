# feedback: two standard deviations
def init_scale(scheme, fan_in, fan_out):
    variance = 2 / fan_in if scheme == "he" else 2 / (fan_in + fan_out)
    std = math.sqrt(variance)
    return std, 2 * std
