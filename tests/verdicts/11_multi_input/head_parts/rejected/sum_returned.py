# feedback: 2 values
def head_parts(head, image_features, alphabet_features):
    return head(torch.cat([image_features, alphabet_features], 1))
