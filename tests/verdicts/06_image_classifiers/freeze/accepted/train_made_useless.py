def freeze(module):
    for part in module.modules():
        part.eval()
        part.train = lambda mode=True, part=part: part
    for p in module.parameters():
        del p.grad
        p.requires_grad_(False)
