# feedback: no attribute
def predict_on_device(model, x):
    device = model.device
    return model(x.to(device))
