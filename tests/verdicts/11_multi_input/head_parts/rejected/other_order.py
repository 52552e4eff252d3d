# feedback: returned in the other order
def head_parts(head, image_features, alphabet_features):
    n, m = image_features.shape[1], alphabet_features.shape[1]

    return alphabet_features @ head.weight[:, n:].T, image_features @ head.weight[:, :n].T
