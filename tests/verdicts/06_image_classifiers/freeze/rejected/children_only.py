# feedback: single layer | parameters of the module itself
def freeze(module):
    for child in module.children():
        child.requires_grad_(False)
        child.zero_grad()
        child.eval()
