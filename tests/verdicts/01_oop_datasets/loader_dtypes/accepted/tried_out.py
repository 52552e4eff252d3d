def loader_dtypes():
    values = [1, 1.0, True, np.float32(1), np.float64(1), torch.tensor(1), torch.tensor(1.0)]
    keys = ["1", "1.0", "True", "np.float32(1)", "np.float64(1)", "torch.tensor(1)", "torch.tensor(1.0)"]
    return {key: str(torch.utils.data.default_collate([value] * 3).dtype) for key, value in zip(keys, values)}
