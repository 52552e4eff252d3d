# feedback: schemes are mixed up
def init_scale(scheme, fan_in, fan_out):
    variance = 2 / (fan_in + fan_out) if scheme == "he" else 2 / fan_in
    std = math.sqrt(variance)
    return std, math.sqrt(3) * std
