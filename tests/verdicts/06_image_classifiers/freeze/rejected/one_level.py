# feedback: still trainable
def freeze(module):
    for layer in module:
        for p in layer.parameters(recurse=False):
            p.requires_grad = False
            p.grad = None
    module.eval()
