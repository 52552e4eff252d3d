# feedback: both parts are the whole
def head_parts(head, image_features, alphabet_features):
    out = head(torch.cat([image_features, alphabet_features], 1)) - head.bias
    return out, out
