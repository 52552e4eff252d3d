# feedback: taken for a one-hot vector
def head_parts(head, image_features, alphabet_features):
    n = image_features.shape[1]
    from_image = image_features @ head.weight[:, :n].T
    from_alphabet = head.weight[:, n:].T[alphabet_features.argmax(dim=1)]
    return from_image, from_alphabet
