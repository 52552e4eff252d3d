def head_parts(head, image_features, alphabet_features):
    n, m = image_features.size(1), alphabet_features.size(1)
    w_x, w_a = torch.split(head.weight, [n, m], dim=1)
    return nn.functional.linear(image_features, w_x), nn.functional.linear(alphabet_features, w_a)
