# feedback: same name and shape are counted once
def count_parameters(model):
    return sum(
        {
            name.split(".")[-1] + str(p.shape): p.numel() for name, p in model.named_parameters() if p.requires_grad
        }.values()
    )
