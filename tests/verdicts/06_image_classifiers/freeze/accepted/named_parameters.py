def freeze(module):
    for name, p in module.named_parameters():
        p.requires_grad = False
        del p.grad
    module.train(False)
