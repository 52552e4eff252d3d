def head_parts(head, image_features, alphabet_features):
    with torch.no_grad():
        x = torch.cat([image_features, torch.zeros_like(alphabet_features)], 1)
        a = torch.cat([torch.zeros_like(image_features), alphabet_features], 1)
        return [head(x) - head.bias, head(a) - head.bias]
