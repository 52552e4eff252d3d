# feedback: running statistics
def freeze(module):
    module.requires_grad_(False)
