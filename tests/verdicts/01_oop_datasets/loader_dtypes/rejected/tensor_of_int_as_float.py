# feedback: `torch.tensor(1)` | fixed when it is made
def loader_dtypes():
    return {
        "1": "int64",
        "1.0": "float64",
        "True": "bool",
        "np.float32(1)": "float32",
        "np.float64(1)": "float64",
        "torch.tensor(1)": "float32",
        "torch.tensor(1.0)": "float32",
    }
