# feedback: `return` is missing
def loader_dtypes():
    print({"1": "int64", "1.0": "float64"})
