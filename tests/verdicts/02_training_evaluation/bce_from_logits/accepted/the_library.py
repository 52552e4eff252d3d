from functools import partial

bce_from_logits = partial(nn.functional.binary_cross_entropy_with_logits)
