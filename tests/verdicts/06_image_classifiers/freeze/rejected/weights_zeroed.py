# feedback: changes the weights
def freeze(module):
    for p in module.parameters():
        p.requires_grad_(False)
        p.zero_()
        p.grad = None
    module.eval()
