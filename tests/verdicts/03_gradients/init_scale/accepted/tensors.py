def init_scale(scheme, fan_in, fan_out):
    n = torch.tensor(float(fan_in) if scheme.startswith("he") else fan_in + float(fan_out), dtype=torch.float64)
    std = (2 / n).sqrt()
    return [std, std * torch.tensor(3.0, dtype=torch.float64).sqrt()]
