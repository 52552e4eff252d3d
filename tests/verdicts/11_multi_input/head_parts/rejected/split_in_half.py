# feedback: shapes cannot be multiplied
def head_parts(head, image_features, alphabet_features):
    n, m = image_features.shape[1], alphabet_features.shape[1]
    n = head.in_features // 2
    return image_features @ head.weight[:, :n].T, alphabet_features @ head.weight[:, n:].T
