# feedback: `head` is changed
def head_parts(head, image_features, alphabet_features):
    n = image_features.shape[1]
    whole = torch.cat([image_features, alphabet_features], dim=1)
    with torch.no_grad():
        everything = head(whole) - head.bias
        head.weight[:, n:] = 0
        image = head(whole) - head.bias
    return image, everything - image
