# feedback: a prediction that was not made | `True`
def loader_dtypes():
    predicted = {
        "1": "int64",
        "1.0": "float64",
        "True": "?",
        "np.float32(1)": "float32",
        "np.float64(1)": "float64",
        "torch.tensor(1)": "int64",
        "torch.tensor(1.0)": "float32",
    }
    return predicted
