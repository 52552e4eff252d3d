def freeze(module):
    for child in module.children():
        freeze(child)
    for p in module.parameters(recurse=False):
        p.grad = None
        p.requires_grad_(requires_grad=False)
    module.training = False
