# feedback: no prediction for 6 of the 7 | question mark
def loader_dtypes():
    predicted = {
        "1": "int64",
        "1.0": "?",
        "True": "?",
        "np.float32(1)": "?",
        "np.float64(1)": "?",
        "torch.tensor(1)": "?",
        "torch.tensor(1.0)": "?",
    }
    return predicted
