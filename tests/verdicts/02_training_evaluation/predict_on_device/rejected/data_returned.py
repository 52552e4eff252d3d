# feedback: wrong shape
def predict_on_device(model, x):
    device = next(model.parameters()).device
    return x.to(device)
