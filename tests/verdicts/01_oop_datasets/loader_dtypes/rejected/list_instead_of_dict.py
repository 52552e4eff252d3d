# feedback: should be a dict | a list
def loader_dtypes():
    return ["int64", "float64", "bool", "float32", "float64", "int64", "float32"]
