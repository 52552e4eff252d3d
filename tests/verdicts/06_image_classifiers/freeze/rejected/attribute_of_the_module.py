# feedback: still trainable | on the module
def freeze(module):
    module.requires_grad = False
    module.eval()
    module.zero_grad()
