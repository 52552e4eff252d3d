# feedback: wrong shape
def head_parts(head, image_features, alphabet_features):
    n = image_features.shape[1]
    w = head.weight
    return (image_features.unsqueeze(1) * w[:, :n]), (alphabet_features.unsqueeze(1) * w[:, n:])
