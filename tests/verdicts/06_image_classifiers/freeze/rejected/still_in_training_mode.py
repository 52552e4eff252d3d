# feedback: running statistics | eval mode
def freeze(module):
    for p in module.parameters():
        p.requires_grad_(False)
        p.grad = None
