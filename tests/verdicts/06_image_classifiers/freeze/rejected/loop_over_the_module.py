# feedback: not iterable | can it be a single object
def freeze(module):
    for layer in module:
        layer.requires_grad_(False)
        layer.zero_grad()
        layer.eval()
