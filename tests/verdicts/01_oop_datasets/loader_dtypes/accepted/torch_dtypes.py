def loader_dtypes():
    return {
        "1": torch.int64,
        "1.0": torch.float64,
        "True": torch.bool,
        "np.float32(1)": torch.float32,
        "np.float64(1)": torch.float64,
        "torch.tensor(1)": torch.int64,
        "torch.tensor(1.0)": torch.float32,
    }
