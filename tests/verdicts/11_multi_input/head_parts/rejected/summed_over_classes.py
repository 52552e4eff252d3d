# feedback: wrong shape
def head_parts(head, image_features, alphabet_features):
    n, m = image_features.shape[1], alphabet_features.shape[1]

    return (image_features @ head.weight[:, :n].T).sum(1), (alphabet_features @ head.weight[:, n:].T).sum(1)
