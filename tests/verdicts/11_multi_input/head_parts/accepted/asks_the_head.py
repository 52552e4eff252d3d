def head_parts(head, image_features, alphabet_features):
    def ask(image, alphabet):
        return head(torch.cat([image, alphabet], dim=1)) - head.bias

    nothing_seen = torch.zeros_like(image_features)
    nothing_known = torch.zeros_like(alphabet_features)
    return ask(image_features, nothing_known), ask(nothing_seen, alphabet_features)
