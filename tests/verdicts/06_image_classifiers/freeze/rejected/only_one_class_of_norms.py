# feedback: running statistics | whatever their class
def freeze(module):
    for p in module.parameters():
        p.requires_grad = False
        p.grad = None
    for m in module.modules():
        if isinstance(m, nn.BatchNorm1d):
            m.eval()
