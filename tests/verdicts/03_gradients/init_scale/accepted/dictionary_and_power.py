def init_scale(scheme, fan_in, fan_out):
    fan = {"he": fan_in, "xavier": fan_in + fan_out}[scheme]
    return (2 / fan) ** 0.5, (6 / fan) ** 0.5
