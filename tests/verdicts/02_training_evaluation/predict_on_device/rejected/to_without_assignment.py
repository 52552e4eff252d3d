# feedback: the result of `.to` was not kept
def predict_on_device(model, x):
    device = next(model.parameters()).device
    x.to(device)
    return model(x)
