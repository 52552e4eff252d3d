def head_parts(head, image_features, alphabet_features):
    m = alphabet_features.shape[-1]
    w = head.weight.detach()
    return torch.einsum("bn,cn->bc", image_features, w[:, :-m]), torch.einsum("bm,cm->bc", alphabet_features, w[:, -m:])
