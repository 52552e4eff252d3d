# feedback: still trainable
def freeze(module):
    with torch.no_grad():
        module.eval()
        for p in module.parameters():
            p.detach()
            p.grad = None
