def scores_by_class(values, class_to_idx):
    names = {number: name for name, number in class_to_idx.items()}
    return {names[i]: float(v) for i, v in enumerate(values)}
