# feedback: still trainable
def freeze(module):
    module.eval()
