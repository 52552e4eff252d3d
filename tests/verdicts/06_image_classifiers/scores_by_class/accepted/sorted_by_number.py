def scores_by_class(values, class_to_idx):
    return dict(zip(sorted(class_to_idx, key=class_to_idx.get), values.tolist()))
