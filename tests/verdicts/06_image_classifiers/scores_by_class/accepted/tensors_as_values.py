def scores_by_class(values, class_to_idx):
    return {name: values[class_to_idx[name]] for name in sorted(class_to_idx)}
