def init_scale(scheme, fan_in, fan_out):
    if scheme == "he":
        std = nn.init.calculate_gain("relu") * np.sqrt(1 / fan_in)
    else:
        std = np.sqrt(1 / ((fan_in + fan_out) / 2))
    return std, np.sqrt(3.0) * std
