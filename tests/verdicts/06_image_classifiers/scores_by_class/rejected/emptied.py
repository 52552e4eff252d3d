# feedback: dict `class_to_idx` that was passed in is changed
def scores_by_class(values, class_to_idx):
    out = {}
    while class_to_idx:
        name, number = class_to_idx.popitem()
        out[name] = values[number].item()
    return out
