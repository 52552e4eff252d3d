# feedback: `head` is changed
def head_parts(head, image_features, alphabet_features):
    head.bias.data.zero_()
    x = torch.cat([image_features, torch.zeros_like(alphabet_features)], dim=1)
    a = torch.cat([torch.zeros_like(image_features), alphabet_features], dim=1)
    return head(x), head(a)
