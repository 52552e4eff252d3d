def loader_dtypes():
    whole, half = torch.int64, torch.float32
    return {
        "1": whole,
        "torch.tensor(1)": whole,
        "1.0": torch.double,
        "np.float64(1)": torch.double,
        "True": torch.bool,
        "np.float32(1)": half,
        "torch.tensor(1.0)": half,
    }
