# feedback: order of the dict
def scores_by_class(values, class_to_idx):
    return dict(zip(class_to_idx, values.tolist()))
