# feedback: no prediction for 1 of the 7 | nothing for `True`
def loader_dtypes():
    return {
        "1": "int64",
        "1.0": "float64",
        "np.float32(1)": "float32",
        "np.float64(1)": "float64",
        "torch.tensor(1)": "int64",
        "torch.tensor(1.0)": "float32",
    }
