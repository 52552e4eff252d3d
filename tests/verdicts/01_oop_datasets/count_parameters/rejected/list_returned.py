# feedback: should be a number | add them up
def count_parameters(model):
    return [p.numel() for p in model.parameters() if p.requires_grad]
