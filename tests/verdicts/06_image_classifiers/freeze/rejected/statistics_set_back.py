# feedback: changes the running statistics
def freeze(module):
    for p in module.parameters():
        p.requires_grad = False
        p.grad = None
    for m in module.modules():
        if hasattr(m, "reset_running_stats"):
            m.reset_running_stats()
    module.eval()
