# feedback: first for `1` | default for whole numbers
def loader_dtypes():
    return {
        "1": "int32",
        "1.0": "float64",
        "True": "bool",
        "np.float32(1)": "float32",
        "np.float64(1)": "float64",
        "torch.tensor(1)": "int32",
        "torch.tensor(1.0)": "float32",
    }
