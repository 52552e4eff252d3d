# feedback: the 128 features of the chapter
def head_parts(head, image_features, alphabet_features):
    n, m = image_features.shape[1], alphabet_features.shape[1]
    n = 128
    return image_features @ head.weight[:, :n].T, alphabet_features @ head.weight[:, n:].T
