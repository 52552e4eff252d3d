# feedback: still in `.grad`
def freeze(module):
    module.requires_grad_(False)
    module.eval()
