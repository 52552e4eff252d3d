# feedback: running statistics | all modules inside
def freeze(module):
    for p in module.parameters():
        p.requires_grad = False
        p.grad = None
    module.training = False
