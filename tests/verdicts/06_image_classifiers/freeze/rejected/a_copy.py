# feedback: still trainable
def freeze(module):
    frozen = copy.deepcopy(module).requires_grad_(False).eval()
    return frozen
