# feedback: given to the alphabet
def head_parts(head, image_features, alphabet_features):
    n, m = image_features.shape[1], alphabet_features.shape[1]

    return image_features @ head.weight[:, m:].T, alphabet_features @ head.weight[:, :m].T
