# feedback: 0 instead of None
def freeze(module):
    for p in module.parameters():
        p.requires_grad_(False)
        if p.grad is not None:
            p.grad.zero_()
    module.eval()
