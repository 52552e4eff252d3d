# feedback: only some kinds of layers
def count_parameters(model):
    return sum(
        p.numel() for m in model.modules() if isinstance(m, nn.Linear) for p in m.parameters() if p.requires_grad
    )
