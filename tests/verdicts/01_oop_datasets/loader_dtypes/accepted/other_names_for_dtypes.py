from collections import OrderedDict


def loader_dtypes():
    predicted = OrderedDict()
    predicted["1"] = "long"
    predicted["1.0"] = "Double"
    predicted["True"] = "torch.bool"
    predicted["np.float32(1)"] = "float"
    predicted["np.float64(1)"] = "np.float64"
    predicted["torch.tensor(1)"] = " torch.long"
    predicted["torch.tensor(1.0)"] = "torch.float"
    predicted["my own note"] = "done"
    return predicted
