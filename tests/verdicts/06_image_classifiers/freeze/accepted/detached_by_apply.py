def freeze(module):
    def still(m):
        for p in m.parameters(recurse=False):
            p.detach_()
            p.grad = None
        m.training = False

    module.apply(still)
