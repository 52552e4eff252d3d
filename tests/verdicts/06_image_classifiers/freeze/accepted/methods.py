def freeze(module):
    module.requires_grad_(False)
    module.zero_grad()
    return module.eval()
