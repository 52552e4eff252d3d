import numpy as np


def head_parts(head, image_features, alphabet_features):
    weight = head.weight.detach().cpu().numpy()
    x, a = image_features.detach().cpu().numpy(), alphabet_features.detach().cpu().numpy()
    from_image = np.einsum("bn,cn->bc", x, weight[:, : x.shape[1]])
    from_alphabet = np.einsum("bm,cm->bc", a, weight[:, x.shape[1] :])
    return tuple(torch.from_numpy(np.ascontiguousarray(part, dtype=np.float32)) for part in (from_image, from_alphabet))
