# feedback: not their scores
def scores_by_class(values, class_to_idx):
    return dict(class_to_idx)
