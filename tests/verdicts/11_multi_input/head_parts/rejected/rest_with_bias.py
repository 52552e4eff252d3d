# feedback: alphabet's part holds the bias
def head_parts(head, image_features, alphabet_features):
    whole = head(torch.cat([image_features, alphabet_features], dim=1))
    from_image = image_features @ head.weight[:, : image_features.shape[1]].T
    return from_image, whole - from_image
